import { type Conversation, conversations } from "../../../inspect/templates.ts";
import { HalterError } from "../../../types/error.ts";
import { plain } from "../plain.ts";
import type { Settings } from "../settings.ts";
import type { RenderFlags } from "./flags.ts";
import { withPlace } from "./open-place.ts";
import { partLines } from "./parts-text.ts";
import { readConversation, readKwargs, readTools } from "./read-input.ts";
import { readableSubject } from "./readable-subject.ts";

/** Renders a conversation and prints the prompt, byte for byte where it goes to a file. Throws `usage`, and `template_failed` where the template refuses. */
export async function runRender(settings: Settings, place: string | undefined, flags: RenderFlags): Promise<void> {
  const conversation = await conversationOf(flags);
  await withPlace(settings, place, flags, async (source) => {
    const subject = await readableSubject(source);
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
      throw new HalterError("template_failed", outcome.error?.message ?? `${source.name}: ${outcome.message}`, {
        hint: outcome.error?.hint ?? "halter template check says more",
      });
    }
    const { text, parts } = outcome;
    if (flags.json) process.stdout.write(`${JSON.stringify({ text, parts })}\n`);
    else if (flags.parts) process.stdout.write(partLines(parts, settings.color.stdout));
    else process.stdout.write(process.stdout.isTTY ? `${plain(text)}\n` : text);
  });
}

async function conversationOf(flags: RenderFlags): Promise<Conversation> {
  const body = flags.messages === undefined ? conversations.called : await readConversation(flags.messages);
  const tools = flags.tools === undefined ? body.tools : await readTools(flags.tools);
  const kwargs = { ...body.kwargs, ...(flags.kwargs !== undefined && readKwargs(flags.kwargs)) };
  return { name: "given", messages: body.messages, ...(tools && { tools }), kwargs };
}
