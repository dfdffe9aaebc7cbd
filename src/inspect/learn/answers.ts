import type { RenderValue } from "../../templates/index.ts";
import type { ToolSpec } from "../../types/index.ts";
import type { Conversation, LooseMessage, Subject } from "../rules/rule.ts";
import { commonStart, withoutEnding } from "./edges.ts";
import { callMessage, type IdStyle, type ProbeCall, results, textMessage, USER, WORDS } from "./words.ts";

/** What the model would have to write for a message, as the template shows it. */
export interface Answer {
  /** From the end of what opens the answer to where the template ends it. */
  readonly text: string;
  /** What stands in the prompt behind the user's words, up to where the model goes on. */
  readonly opening: string;
  /** The end of `opening` that the finished message does not have, e.g. the opener of a thinking block. */
  readonly extra: string;
}

type Renders = Pick<Subject, "render">;

/** Renders messages and cuts out the assistant's part. */
export class Answers {
  readonly idStyle: IdStyle;
  readonly #subject: Renders;
  readonly #tools: readonly ToolSpec[];
  readonly #kwargs: Readonly<Record<string, RenderValue>> = { enable_thinking: true };
  #end: string | undefined;

  constructor(subject: Renders, tools: readonly ToolSpec[], idStyle: IdStyle = "random") {
    this.#subject = subject;
    this.#tools = tools;
    this.idStyle = idStyle;
  }

  /** What ends a message in words, e.g. `<|im_end|>\n`: no part of what a parser sees. */
  get end(): string {
    this.#end ??= this.#untilEnd();
    return this.#end;
  }

  /** A message in words, with reasoning where `more` has it. Undefined where the template refuses or shows nothing of it. */
  words(more: LooseMessage = {}, withTools = false): Answer | undefined {
    const message = textMessage(more);
    const answer = this.#answer(message, withTools, [{ role: "user", content: WORDS.next }], WORDS.next);
    return answer?.text.includes(WORDS.content) ? answer : undefined;
  }

  /** A message with calls. */
  calls(calls: readonly ProbeCall[], more: LooseMessage = {}): Answer | undefined {
    return this.#answer(callMessage(calls, this.idStyle, more), true, results(calls, this.idStyle), WORDS.result);
  }

  /** What opens the answer in the prompt, with other variables than the usual ones. */
  opening(kwargs: Readonly<Record<string, RenderValue>>): string | undefined {
    const prompt = this.#text([USER], false, true, kwargs);
    return prompt?.slice(prompt.lastIndexOf(WORDS.user) + WORDS.user.length);
  }

  #answer(
    message: LooseMessage,
    withTools: boolean,
    following: readonly LooseMessage[],
    mark: string,
  ): Answer | undefined {
    const prompt = this.#text([USER], withTools, true);
    const whole =
      this.#text([USER, message], withTools, false) ?? this.#beforeNext(message, withTools, following, mark);
    if (prompt === undefined || whole === undefined) return undefined;
    const start = commonStart(prompt, whole).length;
    const text = whole.slice(start);
    const opening = prompt.slice(prompt.lastIndexOf(WORDS.user) + WORDS.user.length);
    return { text: withoutEnding(text, this.end), opening, extra: prompt.slice(start) };
  }

  /** For templates that take no conversation that ends with the assistant: up to the end of the message, as far as it is known. */
  #beforeNext(message: LooseMessage, withTools: boolean, following: readonly LooseMessage[], mark: string) {
    const text = this.#text([USER, message, ...following], withTools, false);
    const next = text?.lastIndexOf(mark) ?? -1;
    if (text === undefined || next < 0) return undefined;
    const ending = this.end.trim();
    const end = ending === "" ? -1 : text.indexOf(ending, text.indexOf(WORDS.user));
    return text.slice(0, end < 0 ? next : end);
  }

  #untilEnd(): string {
    this.#end = "";
    const text = this.words()?.text ?? "";
    return text.slice(text.indexOf(WORDS.content) + WORDS.content.length);
  }

  #text(
    messages: readonly LooseMessage[],
    withTools: boolean,
    generate: boolean,
    kwargs = this.#kwargs,
  ): string | undefined {
    const tools = this.#tools.map((tool) => ({ type: "function", function: tool as unknown as RenderValue }));
    const conversation: Conversation = { name: "probe", messages, kwargs, ...(withTools && { tools }) };
    const outcome = this.#subject.render(conversation, { generate: generate ? true : "absent" });
    return outcome.type === "text" ? outcome.text : undefined;
  }
}
