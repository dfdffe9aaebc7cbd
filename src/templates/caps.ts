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
    // The compact text tells apart templates that print text as it is and objects as JSON with spaces.
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

const call = (argumentsValue: RenderValue): RenderValue => [
  USER,
  {
    role: "assistant",
    content: "",
    tool_calls: [{ id: "call00001", type: "function", function: { name: "probe_tool", arguments: argumentsValue } }],
  },
  { role: "tool", content: "probe-result", name: "probe_tool", tool_call_id: "call00001" },
  USER,
];

export function probeCaps(program: Program): TemplateCaps {
  const render = (messages: RenderValue, tools?: RenderValue) => {
    try {
      return program.run(
        { messages, bos_token: "", eos_token: "", add_generation_prompt: true, ...(tools ? { tools } : {}) },
        FIXED,
      );
    } catch {
      return "";
    }
  };
  const plain = render([USER]);
  const typed = render([{ role: "user", content: [{ type: "text", text: "probe-user" }] }]);
  const system = render([{ role: "system", content: "probe-system" }, USER]);
  const withTools = render([USER], [TOOL]);
  const asObject = render(call({ probe_key: "probe-value" }), [TOOL]);
  const asText = render(call('{"probe_key":"probe-value"}'), [TOOL]);
  return {
    stringContent: plain.includes("probe-user"),
    typedContent: typed.includes("probe-user") && !/["']type["']/.test(typed),
    systemRole: system.includes("probe-system"),
    tools: withTools.includes("probe_tool"),
    toolCalls: [asObject, asText].some(
      (text) => text.includes("probe-result") && countOf(text, "probe_tool") > countOf(withTools, "probe_tool"),
    ),
    // The compact text tells apart templates that print text as it is and objects as JSON with spaces.
    objectArguments: countOf(asObject, "probe-value") > 0 && asObject !== asText,
  };
}

const countOf = (text: string, part: string) => text.split(part).length - 1;
