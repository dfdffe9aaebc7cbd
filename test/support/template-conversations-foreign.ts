import type { Message } from "../../src/types/index.ts";
import { CONVERSATIONS, type Conversation } from "./template-conversations.ts";

const tools = CONVERSATIONS.find(({ name }) => name === "tools given")!.prompt.tools;
const call = (given: unknown) => ({
  type: "function",
  id: "call00001",
  function: { arguments: given, name: "read_file" },
});
const result = { role: "tool", tool_call_id: "call00001", content: "text" };

const conversation = (
  name: string,
  messages: readonly unknown[],
  given: Partial<Conversation["prompt"]> = {},
): Conversation => ({ name, prompt: { messages: messages as readonly Message[], tools: [], kwargs: {}, ...given } });

/** Shapes that other clients send and llama-server rewrites: parts, null and missing content, roles and fields of other kinds. */
export const FOREIGN_CONVERSATIONS: readonly Conversation[] = [
  conversation("typed parts", [
    { role: "system", content: [{ type: "text", text: "Rules" }] },
    {
      role: "user",
      content: [
        { type: "text", text: "One" },
        { type: "text", text: " two " },
      ],
    },
  ]),
  conversation("developer", [
    { role: "developer", content: "Rules" },
    { role: "user", content: "Hello" },
  ]),
  conversation(
    "null content",
    [
      { role: "user", content: "Read" },
      { role: "assistant", content: null, tool_calls: [call('{"path":"a"}')] },
      result,
    ],
    { tools },
  ),
  conversation(
    "missing content",
    [{ role: "user", content: "Read" }, { role: "assistant", tool_calls: [call('{"path":"a"}')] }, result],
    { tools },
  ),
  conversation(
    "arguments as an object",
    [
      { role: "user", content: "Read" },
      { role: "assistant", content: "", tool_calls: [call({ path: "a", limit: 1 })] },
      result,
    ],
    { tools },
  ),
  conversation("fields nobody knows", [
    { role: "user", content: "Hello", name: "ann", cache_control: { type: "ephemeral" } },
    { role: "assistant", content: "Hi", refusal: "", reasoning_content: "Why", annotations: [] },
    { role: "user", content: "Go on" },
  ]),
  conversation(
    "results in another order",
    [
      { role: "user", content: "Read both" },
      {
        role: "assistant",
        content: "",
        tool_calls: [call('{"path":"a"}'), { ...call('{"path":"b"}'), id: "call00002" }],
      },
      { ...result, tool_call_id: "call00002", content: '{"second": [1, 2.50]}' },
      { ...result, content: "first" },
      { role: "assistant", content: "Both read.", reasoning_content: "Enough" },
      { role: "user", content: "Thanks" },
    ],
    { tools },
  ),
  conversation(
    "reasoning kept",
    [
      { role: "user", content: "One" },
      { role: "assistant", content: "Two", reasoning_content: "Because" },
      { role: "user", content: "Three" },
    ],
    { kwargs: { preserve_reasoning: false, reasoning_effort: "low" } },
  ),
  conversation("no system role, two users", [
    { role: "system", content: "Rules" },
    { role: "user", content: "One" },
    { role: "user", content: "Two" },
  ]),
];
