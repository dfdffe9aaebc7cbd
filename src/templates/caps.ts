import type { ClockReading } from "./clock.ts";
import type { Program, RenderValue } from "./engine.ts";

/** What a template can take, found by rendering small conversations and looking for their words in the result. */
export interface TemplateCaps {
  readonly stringContent: boolean;
  readonly typedContent: boolean;
  readonly systemRole: boolean;
  readonly tools: boolean;
  readonly toolCalls: boolean;
  readonly objectArguments: boolean;
}

/** llama-server's names of the same, as `/props` gives them. */
const SERVER_NAMES: Readonly<Record<keyof TemplateCaps, string>> = {
  stringContent: "supports_string_content",
  typedContent: "supports_typed_content",
  systemRole: "supports_system_role",
  tools: "supports_tools",
  toolCalls: "supports_tool_calls",
  objectArguments: "supports_object_arguments",
};

/** Our probes, overruled by what the server said of the template. */
export function mergeCaps(probed: TemplateCaps, server: Readonly<Record<string, boolean>> = {}): TemplateCaps {
  const pick = (name: keyof TemplateCaps) => server[SERVER_NAMES[name]] ?? probed[name];
  return {
    stringContent: pick("stringContent"),
    typedContent: pick("typedContent"),
    systemRole: pick("systemRole"),
    tools: pick("tools"),
    toolCalls: pick("toolCalls"),
    objectArguments: pick("objectArguments"),
  };
}

/** Any fixed time will do: no probe looks at a date. */
const FIXED: ClockReading = {
  getFullYear: () => 2026,
  getMonth: () => 0,
  getDate: () => 1,
  getDay: () => 4,
  getHours: () => 0,
  getMinutes: () => 0,
  getSeconds: () => 0,
};

const USER = { role: "user", content: "probe-user" };
const TOOL = {
  type: "function",
  function: {
    name: "probe_tool",
    description: "probe-description",
    parameters: { type: "object", properties: { probe_key: { type: "string" } }, required: ["probe_key"] },
  },
};

/** As the server probes: the turn goes on, so that templates with an order of roles take it; content is empty beside the call. */
const turnWith = (argumentsValue: RenderValue): RenderValue => [
  USER,
  {
    role: "assistant",
    content: "",
    tool_calls: [{ id: "call00001", type: "function", function: { name: "probe_tool", arguments: argumentsValue } }],
  },
  { role: "tool", content: "probe-result", tool_call_id: "call00001" },
  { role: "assistant", content: "probe-answer" },
  USER,
];

/** Renders small conversations and looks for their words in the result; a conversation that the template refuses shows nothing. */
export function probeCaps(program: Program): TemplateCaps {
  const attempt = (messages: RenderValue, tools: RenderValue): string | undefined => {
    try {
      return program.run({ messages, tools, bos_token: "", eos_token: "", add_generation_prompt: true }, FIXED);
    } catch {
      return undefined;
    }
  };
  const render = (messages: RenderValue, tools: RenderValue = []) => attempt(messages, tools) ?? "";
  const plain = render([USER]);
  const typed = render([{ role: "user", content: [{ type: "text", text: "probe-user" }] }]);
  const system = render([{ role: "system", content: "probe-system" }, USER]);
  const withTools = render([USER], [TOOL]);
  const asObject = render(turnWith({ probe_key: "probe-value" }), [TOOL]);
  const asText = render(turnWith('{"probe_key":"probe-value"}'), [TOOL]);
  const stringContent = plain.includes("probe-user");
  return {
    stringContent,
    // The server tries an empty list on templates that take text too.
    typedContent:
      typed.includes("probe-user") &&
      !/["']type["']/.test(typed) &&
      (!stringContent || attempt([{ role: "user", content: [] }], []) !== undefined),
    systemRole: system.includes("probe-system"),
    tools: withTools.includes("probe_tool"),
    toolCalls: [asObject, asText].some(
      (text) => text.includes("probe-result") && countOf(text, "probe_tool") > countOf(withTools, "probe_tool"),
    ),
    // Glued to text an object comes out in Python's quotes; the server does not count that as reading it.
    objectArguments: asObject.includes("probe-value") && !asObject.includes("'probe-value'"),
  };
}

const countOf = (text: string, part: string) => text.split(part).length - 1;
