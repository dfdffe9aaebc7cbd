import type { ParserSpec } from "../../types/index.ts";
import { thinkTag, toolCallTag } from "./markers.ts";

/** ERNIE 4.5: JSON in `<tool_call>`, the answer in `<response>`. */
export const ernie: ParserSpec = {
  id: "ernie45",
  thinking: thinkTag,
  calls: [toolCallTag("json")],
  markers: ["<response>", "</response>", "</s>"],
  textCalls: true,
};
