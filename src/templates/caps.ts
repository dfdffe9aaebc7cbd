import type { ClockReading } from "./clock.ts";
import type { Program, RenderValue } from "./engine.ts";
import { ITEMS } from "./jinja/index.ts";

/** What a template can take, found by rendering small conversations and looking for their words in the result. */
export interface TemplateCaps {
  readonly stringContent: boolean;
  readonly typedContent: boolean;
  readonly systemRole: boolean;
  readonly tools: boolean;
  readonly toolCalls: boolean;
  readonly objectArguments: boolean;
  /** Shows reasoning, or opens or closes it at the end of the prompt as `enable_thinking` says. */
  readonly thinking: boolean;
}

/** A program that also tells which paths of its input it looked at, up to where it failed if it did. */
export interface ReadingProgram extends Program {
  reads(variables: Parameters<Program["run"]>[0], now: ClockReading): ReadonlySet<string>;
}

/** What the server tells of; whether a template thinks it keeps to itself. */
type ServerCap = Exclude<keyof TemplateCaps, "thinking">;

/** llama-server's names of the same, as `/props` gives them. */
const SERVER_NAMES: Readonly<Record<ServerCap, string>> = {
  stringContent: "supports_string_content",
  typedContent: "supports_typed_content",
  systemRole: "supports_system_role",
  tools: "supports_tools",
  toolCalls: "supports_tool_calls",
  objectArguments: "supports_object_arguments",
};

/** Our probes, overruled by what the server said of the template. */
export function mergeCaps(probed: TemplateCaps, server: Readonly<Record<string, boolean>> = {}): TemplateCaps {
  const pick = (name: ServerCap) => server[SERVER_NAMES[name]] ?? probed[name];
  return {
    stringContent: pick("stringContent"),
    typedContent: pick("typedContent"),
    systemRole: pick("systemRole"),
    tools: pick("tools"),
    toolCalls: pick("toolCalls"),
    objectArguments: pick("objectArguments"),
    thinking: probed.thinking,
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
const EMPTY = [{ role: "user", content: [] }];
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

const CONTENT_ITEMS = `messages.0.content.${ITEMS}`;
const ARGUMENTS_PATH = "messages.1.tool_calls.0.function.arguments";

const assistant = (fields: Readonly<Record<string, RenderValue>>): RenderValue => [
  USER,
  { role: "assistant", content: "probe-answer", ...fields },
];

/** Renders small conversations, looks for their words in the result and at what was read; a refused one shows nothing. */
export function probeCaps(program: Program & Partial<ReadingProgram>): TemplateCaps {
  const common = { bos_token: "", eos_token: "", add_generation_prompt: true };
  const attempt = (variables: Readonly<Record<string, RenderValue>>): string | undefined => {
    try {
      return program.run({ ...common, ...variables }, FIXED);
    } catch {
      return undefined;
    }
  };
  const render = (messages: RenderValue, more: Readonly<Record<string, RenderValue>> = {}) =>
    attempt({ messages, ...more }) ?? "";
  const reads = (messages: RenderValue, tools: RenderValue): ReadonlySet<string> =>
    program.reads?.({ ...common, messages, tools }, FIXED) ?? new Set();
  const plain = attempt({ messages: [USER], tools: [] });
  const typed = render([{ role: "user", content: [{ type: "text", text: "probe-user" }] }]);
  const withSystem = [{ role: "system", content: "probe-system" }, USER];
  const withTools = render([USER], { tools: [TOOL] });
  const objectTurn = turnWith({ probe_key: "probe-value" });
  const asObject = render(objectTurn, { tools: [TOOL] });
  const asText = render(turnWith('{"probe_key":"probe-value"}'), { tools: [TOOL] });
  const showsParts = typed.includes("probe-user") && !/["']type["']/.test(typed);
  // A template that shows neither text nor parts takes text as far as the server is concerned.
  const stringContent = plain !== undefined && (plain.includes("probe-user") || !showsParts);
  return {
    stringContent,
    // Of templates that take text too the server wants to see that they go through an empty list, and to the end.
    typedContent:
      showsParts &&
      (!stringContent ||
        (attempt({ messages: EMPTY, tools: [] }) !== undefined && reads(EMPTY, []).has(CONTENT_ITEMS))),
    // Looked at is enough for the server, even if the template drops or refuses it then.
    systemRole: reads(withSystem, []).has("messages.0.content") || render(withSystem).includes("probe-system"),
    tools: withTools.includes("probe_tool"),
    toolCalls: [asObject, asText].some(
      (text) => text.includes("probe-result") && countOf(text, "probe_tool") > countOf(withTools, "probe_tool"),
    ),
    objectArguments:
      // Glued to text an object comes out whole, as Python writes it; the server does not count that as reading it.
      (asObject.includes("probe-value") && !asObject.includes("{'probe_key': 'probe-value'}")) ||
      (asObject !== "" && reads(objectTurn, [TOOL]).has(`${ARGUMENTS_PATH}.probe_key`)),
    thinking:
      render(assistant({ reasoning_content: "probe-reasoning" }), { enable_thinking: true }).includes(
        "probe-reasoning",
      ) || endTells(render([USER], { enable_thinking: true }), render([USER], { enable_thinking: false })),
  };
}

/** True if one prompt ends as the other and goes on from there with what is no mere space: the opener or closer of reasoning. */
function endTells(on: string, off: string): boolean {
  const tailOf = (text: string) => text.slice(text.lastIndexOf("probe-user"));
  const [short, long] = [tailOf(on), tailOf(off)].sort((a, b) => a.length - b.length) as [string, string];
  if (short === long || !long.startsWith(short)) return false;
  const sameHead = on.length - tailOf(on).length === off.length - tailOf(off).length;
  return sameHead ? !/\s$/.test(long.slice(short.length)) : true;
}

const countOf = (text: string, part: string) => text.split(part).length - 1;
