/** A call of `write`, as its template writes it. */
interface WriteInput {
  readonly path: string;
  readonly content: string;
}

interface NativeCalls {
  readonly render: (input: WriteInput) => string;
  /** What its values may not contain. */
  readonly reserved: RegExp;
  /** Text before the first call, where it stands in markup of its own. */
  readonly before?: string;
}

/** Tags that hold a name as an attribute, all with the same prefix. */
const invoke =
  (prefix: string, flag = "") =>
  ({ path, content }: WriteInput) =>
    `<${prefix}invoke name="write">\n<${prefix}parameter name="path"${flag}>${path}</${prefix}parameter>\n` +
    `<${prefix}parameter name="content"${flag}>${content}</${prefix}parameter>\n</${prefix}invoke>`;

/** GLM's notation, its tags with a prefix. */
const argKeys =
  (prefix: string, sep: string) =>
  ({ path, content }: WriteInput) =>
    `<${prefix}tool_call>write${sep}\n<${prefix}arg_key>path</${prefix}arg_key>\n<${prefix}arg_value>${path}</${prefix}arg_value>\n` +
    `<${prefix}arg_key>content</${prefix}arg_key>\n<${prefix}arg_value>${content}</${prefix}arg_value>\n</${prefix}tool_call>`;

const M3 = "]<]minimax[>[";

/** How the templates of families with calls in tags write one. */
export const callsInTags: Readonly<Record<string, NativeCalls>> = {
  "minimax-m2-xml": {
    render: (input) => `<minimax:tool_call>\n${invoke("")(input)}\n</minimax:tool_call>`,
    reserved: /<\/(?:parameter|invoke|tool_call)>|<parameter name/,
  },
  "minimax-m3-xml": {
    render: ({ path, content }) =>
      `${M3}<tool_call>\n${M3}<invoke name="write">${M3}<path>${path}${M3}</path>${M3}<content>${content}${M3}</content>${M3}</invoke>\n${M3}</tool_call>`,
    reserved: /\]<\]minimax/,
  },
  "deepseek-dsml": {
    render: (input) => `<｜DSML｜tool_calls>\n${invoke("｜DSML｜", ' string="true"')(input)}\n</｜DSML｜tool_calls>`,
    reserved: /｜DSML｜/,
  },
  "seed-xml": {
    render: ({ path, content }) =>
      `<seed:tool_call>\n<function=write>\n<parameter=path>${path}</parameter>\n<parameter=content>${content}</parameter>\n</function>\n</seed:tool_call>`,
    reserved: /<\/(?:parameter|function|tool_call)>|<parameter=/,
  },
  "step3-xml": {
    render: (input) =>
      `<｜tool_calls_begin｜><｜tool_call_begin｜>${invoke("steptml:")(input)}<｜tool_call_end｜><｜tool_calls_end｜>`,
    reserved: /steptml:/,
  },
  "longcat-xml": { render: argKeys("longcat_", ""), reserved: /longcat_/ },
  "hunyuan-v3": {
    render: (input) => `<tool_calls>\n${argKeys("", "<tool_sep>")(input)}\n</tool_calls>`,
    reserved: /<\/?arg_(?:key|value)>|<\/tool_calls?>/,
  },
  "hunyuan-a13b": {
    render: (input) => `<tool_calls>[{"name": "write", "arguments": ${JSON.stringify(input)}}]</tool_calls>`,
    reserved: /$^/,
  },
  "kimi-k3": {
    render: ({ path, content }) =>
      `<|open|>tools<|sep|><|open|>call tool="write" index="1"<|sep|><|open|>argument key="path" type="string"<|sep|>${path}<|close|>argument<|sep|>` +
      `<|open|>argument key="content" type="string"<|sep|>${content}<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|>`,
    reserved: /<\|/,
    before: "<|open|>response<|sep|>First.<|close|>response<|sep|>",
  },
  "glimmer-atem": {
    render: (input) =>
      `<|start|>assistant to=write<|message|><atem:function_calls>\n${invoke("atem:")(input)}\n</atem:function_calls><|eom|>`,
    reserved: /<\||atem:/,
    before: " to=user<|message|>First.<|eom|>",
  },
  "minicpm5-xml": {
    render: ({ path, content }) =>
      `<function name="write"><param name="path"><![CDATA[${path}]]></param><param name="content"><![CDATA[${content}]]></param></function>`,
    reserved: /\]\]>/,
  },
  dots: {
    render: (input) => `<dots_function_call>${invoke("")(input)}</dots_function_call>`,
    reserved: /<\/(?:parameter|invoke)>|<parameter name/,
  },
  inkling: {
    render: (input) =>
      `<|message_model|>write<|content_invoke_tool_json|>{"name": "write", "args": ${JSON.stringify(input)}}<|end_message|>`,
    reserved: /$^/,
    before: "<|content_text|>First.<|end_message|>",
  },
};
