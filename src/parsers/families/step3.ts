import type { ParserSpec } from "../../types/index.ts";
import { invokeTags } from "./in-tags.ts";
import { thinkTag } from "./markers.ts";

/** Step-3. Its later models (Step 3.5) write as Qwen3-Coder does. */
export const step3: ParserSpec = {
  id: "step3-xml",
  thinking: thinkTag,
  calls: [
    { open: "<｜tool_calls_begin｜>", close: "<｜tool_calls_end｜>", syntaxes: [] },
    { open: "<｜tool_call_begin｜>", close: "<｜tool_call_end｜>", syntaxes: [invokeTags("steptml:")] },
  ],
  markers: ["<｜tool_sep｜>"],
  textCalls: true,
};
