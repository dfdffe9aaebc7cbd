import { text as readAll } from "node:stream/consumers";
import { type Conversation, conversations, createSubject, type LooseMessage } from "../../../inspect/templates.ts";
import { parseJson, type RenderValue } from "../../../templates/index.ts";
import { HalterError } from "../../../types/error.ts";
import { readText } from "../parse/read-file.ts";
import { plain } from "../plain.ts";
import type { Settings } from "../settings.ts";
import type { RenderFlags } from "./flags.ts";
import { withPlace } from "./open-place.ts";
import { partLines } from "./parts-text.ts";

const MESSAGES_HINT = 'a JSON list of messages, or a request body: {"messages": […], "tools": […]}';

/** Renders a conversation and prints the prompt, byte for byte where it goes to a file. Throws `usage`, and `template_failed` where the template refuses. */
export async function runRender(settings: Settings, place: string | undefined, flags: RenderFlags): Promise<void> {
  const conversation = await conversationOf(flags);
  await withPlace(settings, place, flags, async (source) => {
    const subject = await createSubject(source);
    const { mode, engine, raw = false, generationPrompt } = flags;
    const now = new Date();
    const outcome = subject.render(conversation, {
      mode,
      engine,
      raw,
      now,
      generate: generationPrompt ? true : "absent",
    });
    if (outcome.type === "refused") {
      throw new HalterError("template_failed", `${source.name}: ${outcome.message}`, {
        hint: outcome.raised ? "the template takes no such conversation" : "halter template check says more",
      });
    }
    const { text, parts } = outcome;
    if (flags.json) process.stdout.write(`${JSON.stringify({ text, parts })}\n`);
    else if (flags.parts) process.stdout.write(partLines(parts, settings.color.stdout));
    else process.stdout.write(process.stdout.isTTY ? `${plain(text)}\n` : text);
  });
}

async function conversationOf(flags: RenderFlags): Promise<Conversation> {
  const body = flags.messages === undefined ? conversations.called : await readBody(flags.messages);
  const tools = flags.tools === undefined ? body.tools : toolsOf(await readJson(flags.tools), flags.tools);
  const kwargs = { ...body.kwargs, ...(flags.kwargs !== undefined && fieldsOf(flags.kwargs)) };
  return { name: "given", messages: body.messages, ...(tools && { tools }), kwargs };
}

async function readBody(file: string): Promise<Pick<Conversation, "messages" | "tools" | "kwargs">> {
  const value = await readJson(file);
  const body = fieldsIn(value);
  const messages = Array.isArray(value) ? value : body?.messages;
  if (!Array.isArray(messages)) throw new HalterError("usage", `${file} holds no messages`, { hint: MESSAGES_HINT });
  const kwargs = fieldsIn(body?.chat_template_kwargs);
  return {
    messages: (messages as readonly RenderValue[]).map((message) => (fieldsIn(message) ?? {}) as LooseMessage),
    ...(body?.tools !== undefined && { tools: toolsOf(body.tools, file) }),
    ...(kwargs && { kwargs }),
  };
}

function toolsOf(value: RenderValue, file: string): readonly RenderValue[] {
  const list = Array.isArray(value) ? value : fieldsIn(value)?.tools;
  if (!Array.isArray(list)) throw new HalterError("usage", `${file} holds no list of tools`, { hint: MESSAGES_HINT });
  return (list as readonly RenderValue[]).map((tool) => {
    const fields = fieldsIn(tool) ?? {};
    return fields.function === undefined ? { type: "function", function: fields } : fields;
  });
}

function fieldsOf(json: string): Readonly<Record<string, RenderValue>> {
  const fields = fieldsIn(parsed(json, "--kwargs"));
  if (!fields)
    throw new HalterError("usage", "--kwargs is no JSON object", { hint: `--kwargs '{"enable_thinking": false}'` });
  return fields;
}

async function readJson(file: string): Promise<RenderValue> {
  return parsed(file === "-" ? await readAll(process.stdin) : await readText(file, MESSAGES_HINT), file);
}

/** Numbers keep their text, keys their order. */
function parsed(text: string, what: string): RenderValue {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new HalterError("usage", `${what} is no JSON: ${(cause as Error).message}`, { hint: MESSAGES_HINT, cause });
  }
}

/** The fields of an object, also of one whose keys' order had to be kept; undefined for anything else. */
function fieldsIn(value: RenderValue): Readonly<Record<string, RenderValue>> | undefined {
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, RenderValue>>;
}
