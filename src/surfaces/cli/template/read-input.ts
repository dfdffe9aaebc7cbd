import { text as readAll } from "node:stream/consumers";
import type { Conversation, LooseMessage } from "../../../inspect/templates.ts";
import { parseJson, type RenderValue } from "../../../templates/index.ts";
import { HalterError } from "../../../types/error.ts";
import { readText } from "../parse/read-file.ts";
import { TOOLS_HINT } from "../parse/read-tools.ts";

type Fields = Readonly<Record<string, RenderValue>>;

const HINT = 'a JSON list of messages, or a request body: {"messages": […], "tools": […]}';
const KWARGS_HINT = `--kwargs '{"enable_thinking": false}'`;

/** Below these keys the order of keys and the text of numbers are the user's own. */
const KEPT = ["arguments", "parameters"];

/** A conversation of a JSON file, or of stdin for `-`: a list of messages, or a request body. Throws `usage`. */
export async function readConversation(file: string): Promise<Pick<Conversation, "messages" | "tools" | "kwargs">> {
  const value = await readJson(file, HINT);
  const body = fieldsIn(value);
  const messages = Array.isArray(value) ? value : body?.messages;
  if (!Array.isArray(messages)) throw new HalterError("usage", `${file} holds no messages`, { hint: HINT });
  const kwargs = fieldsIn(body?.chat_template_kwargs);
  return {
    messages: (messages as readonly RenderValue[]).map((message, index) => messageOf(message, index, file)),
    ...(body?.tools !== undefined && { tools: toolsOf(body.tools, file) }),
    ...(kwargs && { kwargs }),
  };
}

function messageOf(value: RenderValue, index: number, file: string): LooseMessage {
  const fields = fieldsIn(value);
  if (!fields) throw new HalterError("usage", `${file}: message ${index + 1} is no object`, { hint: HINT });
  return fields as LooseMessage;
}

/** The tools of a JSON file, in the wire form: a list, or an object that holds one as `tools`. Throws `usage`. */
export async function readTools(file: string): Promise<readonly RenderValue[]> {
  return toolsOf(await readJson(file, TOOLS_HINT), file);
}

/** The template variables of `--kwargs`. Throws `usage`. */
export function readKwargs(json: string): Fields {
  const fields = fieldsIn(parsed(json, "--kwargs", KWARGS_HINT));
  if (!fields) throw new HalterError("usage", "--kwargs is no JSON object", { hint: KWARGS_HINT });
  return fields;
}

function toolsOf(value: RenderValue, file: string): readonly RenderValue[] {
  const list = Array.isArray(value) ? value : fieldsIn(value)?.tools;
  if (!Array.isArray(list)) throw new HalterError("usage", `${file} holds no list of tools`, { hint: TOOLS_HINT });
  return (list as readonly RenderValue[]).map((tool, index) => {
    const fields = fieldsIn(tool) ?? {};
    const called = fieldsIn(fields.function) ?? fields;
    if (typeof called.name !== "string") {
      throw new HalterError("usage", `${file}: tool ${index + 1} has no name`, { hint: TOOLS_HINT });
    }
    return called === fields ? { type: "function", function: called } : fields;
  });
}

async function readJson(file: string, hint: string): Promise<RenderValue> {
  return parsed(file === "-" ? await readAll(process.stdin) : await readText(file, hint), file, hint);
}

function parsed(text: string, what: string, hint: string): RenderValue {
  try {
    return plainFrame(parseJson(text));
  } catch (cause) {
    throw new HalterError("usage", `${what} is no JSON: ${(cause as Error).message}`, { hint, cause });
  }
}

/** Mappings that keep their order made plain objects, but for what the user's own keys stand in: messages and tools have known ones. */
function plainFrame(value: RenderValue): RenderValue {
  if (Array.isArray(value)) return value.map(plainFrame);
  if (!(value instanceof Map)) return value;
  const entries = [...(value as ReadonlyMap<string, RenderValue>)];
  return Object.fromEntries(entries.map(([key, item]) => [key, KEPT.includes(key) ? item : plainFrame(item)]));
}

function fieldsIn(value: RenderValue): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
