/** The pieces of a small template with turns, tools and calls; tests replace one to make it bad. */
interface ChatmlPieces {
  /** Before everything else. */
  readonly head: string;
  readonly tools: string;
  /** What the loop over messages goes over. */
  readonly list: string;
  /** At the start of each message `m`, before its header. */
  readonly before: string;
  readonly open: string;
  readonly content: string;
  /** For each call `c`. */
  readonly call: string;
  readonly close: string;
  readonly generation: string;
}

const GOOD: ChatmlPieces = {
  head: "",
  tools: `{%- if tools %}{{ '<|im_start|>system\\n' }}{% for t in tools %}{{ t | tojson }}{{ '\\n' }}{% endfor %}{{ '<|im_end|>\\n' }}{% endif %}`,
  list: "messages",
  before: "",
  open: "{{ '<|im_start|>' + m.role + ('' if not m.tool_call_id else ' ' + m.tool_call_id) + '\\n' }}",
  content:
    "{% if m.content is string %}{{ m.content }}{% elif m.content %}{% for part in m.content %}{{ part.text }}{% endfor %}{% endif %}",
  call: `{{ '<tool_call>{"id": "' + c.id + '", "name": "' + c.function.name + '", "arguments": ' }}{{ c.function.arguments if c.function.arguments is string else c.function.arguments | tojson }}{{ '}</tool_call>' }}`,
  close: "{{ '<|im_end|>\\n' }}",
  generation: "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
};

/** A template that no rule objects to, but for the pieces that are given. */
export function chatml(pieces: Partial<ChatmlPieces> = {}): string {
  const { head, tools, list, before, open, content, call, close, generation } = { ...GOOD, ...pieces };
  const message = `${before}${open}${content}{% for c in m.tool_calls or [] %}${call}{% endfor %}${close}`;
  return `${head}${tools}{% for m in ${list} %}${message}{% endfor %}${generation}`;
}

/** A piece that raises where a condition holds. */
export const refusing = (condition: string) => `{% if ${condition} %}{{ raise_exception('not so') }}{% endif %}`;

/** A template that holds back what it prints for messages of which a condition holds. */
export const skipping = (condition: string) => chatml({ list: `messages if not (${condition})` });
