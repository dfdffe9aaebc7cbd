import type { Message, Prompt, ToolSpec } from "../../src/types/index.ts";

/** A conversation that every family's render is compared on. */
export interface Conversation {
  readonly name: string;
  readonly prompt: Prompt;
}

const READ: ToolSpec = {
  name: "read_file",
  description: 'Reads a file.\nGives its text; "binary" files are named only <b>&</b>.',
  parameters: {
    type: "object",
    properties: {
      path: { type: "string", description: "Path, relative to the workspace" },
      limit: { type: "integer", minimum: 1, default: 100 },
    },
    required: ["path"],
  },
};

const WRITE: ToolSpec = {
  name: "write_file",
  description: "Writes a file",
  parameters: {
    type: "object",
    properties: {
      path: { type: "string" },
      content: { anyOf: [{ type: "string" }, { type: "null" }], description: "The whole text" },
      mode: { type: "string", enum: ["create", "replace"], default: "create" },
      lines: { type: "array", items: { type: "object", properties: { n: { type: "number" } } } },
    },
    required: ["path", "content"],
    additionalProperties: false,
  },
};

/** Keywords and values that templates with schemas in XML print one by one. */
const ODD: ToolSpec = {
  name: "odd",
  description: "Odd  schema\n",
  parameters: {
    type: "object",
    properties: {
      a: { type: ["integer", "null"], default: null, minimum: 0.5, maximum: 1e-7, examples: [1.5, true, null, "x"] },
      b: { type: "boolean", default: false, description: " padded " },
      c: { enum: ["a", 1, null] },
      d: { type: "object", properties: { e: { $ref: "#/$defs/E" } }, additionalProperties: true },
      f: {},
    },
    $defs: { E: { type: "string" } },
  },
};

const BARE: ToolSpec = { name: "bare", description: "", parameters: { type: "object", properties: {} } };

const TOOLS = [READ, WRITE];

const system: Message = { role: "system", content: "You are a careful agent.\n\nBe brief." };
const user = (content: string): Message => ({ role: "user", content });
const call = (id: string, name: string, args: string) => ({
  id,
  type: "function" as const,
  function: { name, arguments: args },
});
const result = (id: string, name: string, content: string): Message => ({
  role: "tool",
  content,
  name,
  tool_call_id: id,
});
const asking = (content: string, calls: readonly ReturnType<typeof call>[], reasoning?: string): Message => ({
  role: "assistant",
  content,
  ...(reasoning ? { reasoning_content: reasoning } : {}),
  tool_calls: calls,
});

const readCall = call("call00001", "read_file", '{"path": "src/a.ts", "limit": 20}');
const conversation = (
  name: string,
  messages: readonly Message[],
  tools: readonly ToolSpec[] = [],
  kwargs: Prompt["kwargs"] = {},
): Conversation => ({ name, prompt: { messages, tools, kwargs } });

const LOOP: readonly Message[] = [
  system,
  user("Fix the test."),
  asking("I look at the file.", [readCall], "First I need the file.\nThen I fix it."),
  result("call00001", "read_file", "export const a = 1;\n"),
  asking("", [call("call00002", "write_file", '{"path":"src/a.ts","content":"export const a = 2;\\n"}')], "Now write."),
  result("call00002", "write_file", "written"),
];

/** Plain talk, tools, calls and results, parallel calls, reasoning, turns, odd text. Every prompt ends with a user or tool message. */
export const CONVERSATIONS: readonly Conversation[] = [
  conversation("plain", [user("Hello")]),
  conversation("system and user", [system, user("Hello")]),
  conversation("multi-turn", [system, user("One"), { role: "assistant", content: "Two" }, user("Three\n")]),
  conversation("tools given", [system, user("Read it")], TOOLS),
  conversation("tools without system", [user("Read it")], TOOLS),
  conversation(
    "call and result",
    [system, user("Read it"), asking("I read it.", [readCall]), result("call00001", "read_file", "text")],
    TOOLS,
  ),
  conversation(
    "call with empty content",
    [user("Read it"), asking("", [readCall]), result("call00001", "read_file", "  indented\n\n")],
    TOOLS,
  ),
  conversation(
    "parallel calls",
    [
      system,
      user("Read both"),
      asking("", [readCall, call("call00002", "read_file", '{"path":"b.ts"}')]),
      result("call00001", "read_file", "a"),
      result("call00002", "read_file", "b"),
    ],
    TOOLS,
  ),
  conversation("reasoning in the loop", LOOP, TOOLS),
  conversation(
    "reasoning, new turn",
    [...LOOP, { role: "assistant", content: "Done.", reasoning_content: "All green." }, user("Thanks. And now?")],
    TOOLS,
  ),
  conversation(
    "loop, new turn without reasoning",
    [
      system,
      user("Read it"),
      asking("", [readCall]),
      result("call00001", "read_file", "text"),
      { role: "assistant", content: "It says text." },
      user("Go on"),
    ],
    TOOLS,
  ),
  conversation(
    "odd argument values",
    [
      user("Write"),
      asking("", [
        call(
          "call00001",
          "write_file",
          '{"path":"x \\"q\\" \\\\ ü 漢 😀.md","content":null,"lines":[{"n":1.5},{"n":2},[]],"10":true,"2":{"b":false,"a":{}},"text":"a\\n\\tb</tool_call>"}',
        ),
      ]),
      result("call00001", "write_file", "ok"),
    ],
    TOOLS,
  ),
  conversation(
    "numbers",
    [
      user("Write"),
      asking("", [call("call00001", "write_file", '{"path":"n","lines":[1.0,1e20,1e-7,0.1,-3,9007199254740993]}')]),
      result("call00001", "write_file", "ok"),
    ],
    TOOLS,
  ),
  conversation(
    "no arguments",
    [user("Go"), asking("", [call("call00001", "read_file", "{}")]), result("call00001", "read_file", "")],
    TOOLS,
  ),
  conversation("unicode and escapes", [
    system,
    user("Grüße 漢字 😀 \u00a0 \"quotes\" 'single' \\ back\\n </script> {{ x }} {% if %} <|im_start|>"),
    { role: "assistant", content: "<b>ok</b> & done\t" },
    user("  padded  "),
  ]),
  conversation("consecutive users", [system, user("One"), user("Two")]),
  conversation("thinking off", [system, user("Hello")], TOOLS, { enable_thinking: false }),
  conversation("thinking off in the loop", LOOP, TOOLS, { enable_thinking: false }),
  conversation("effort", [system, user("Hello")], TOOLS, { reasoning_effort: "high" }),
  conversation(
    "failed call, user steers",
    [
      system,
      user("Read it"),
      asking("", [readCall]),
      result("call00001", "read_file", "error: no such file"),
      user("Try b.ts"),
    ],
    TOOLS,
  ),
  conversation("odd schemas", [system, user("Go")], [ODD, BARE]),
  conversation(
    "earlier reasoning kept",
    [
      ...LOOP,
      { role: "assistant", content: "Done.\n", reasoning_content: "\nAll green.\n\n" },
      user("Thanks. And now?"),
      asking("\n\nOne more look.", [readCall], "Again."),
      result("call00001", "read_file", '{"text": "x"}\n'),
    ],
    TOOLS,
    { preserve_thinking: true, clear_thinking: false, truncate_history_thinking: false },
  ),
  conversation("empty texts", [
    { role: "system", content: "" },
    user(""),
    { role: "assistant", content: "" },
    user("x"),
  ]),
  conversation("system with spaces", [{ role: "system", content: "\n Rules:\n- one\n\n" }, user("Hi")], [READ]),
];
