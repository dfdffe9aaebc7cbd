/** A change of the template's own text before it is compiled; `from` is taken away and `to` put in its place, everywhere. */
interface SourcePatch {
  readonly name: string;
  readonly about: string;
  /** Applies where all of these stand in the source. */
  readonly marks: readonly string[];
  readonly from: string;
  readonly to: string;
}

const NEVER = "{%- if false %}";

/** The server's patches (`common_chat_templates_init`, b11434). */
const PATCHES: readonly SourcePatch[] = [
  {
    name: "allow-channel-tags",
    about: "gpt-oss: the template no longer refuses content with channel tags",
    marks: ["<|channel|>", "in message.content or"],
    from: '{%- if "<|channel|>analysis<|message|>" in message.content or "<|channel|>final<|message|>" in message.content %}',
    to: NEVER,
  },
  {
    name: "allow-empty-answer",
    about: "Mistral: the template no longer refuses an assistant message without content and calls",
    marks: ["[TOOL_CALLS]", "if (message['content'] is none or"],
    from:
      "{%- if (message['content'] is none or message['content'] == '' or message['content']|length == 0) and " +
      "(message['tool_calls'] is not defined or message['tool_calls'] is none or message['tool_calls']|length == 0) %}",
    to: NEVER,
  },
  { name: "line-ends", about: "line ends are read as \\n", marks: ["\r\n"], from: "\r\n", to: "\n" },
];

/** The source as llama-server compiles it, with the patches that changed it. */
export function patchSource(source: string): {
  readonly source: string;
  readonly patches: readonly Pick<SourcePatch, "name" | "about">[];
} {
  let text = source;
  const patches = PATCHES.filter(({ marks, from, to }) => {
    const before = text;
    if (marks.every((mark) => text.includes(mark))) text = text.replaceAll(from, to);
    return text !== before;
  });
  return { source: text, patches: patches.map(({ name, about }) => ({ name, about })) };
}
