import type { ParserSpec } from "../../types/index.ts";
import { thinkTag } from "./markers.ts";

/** OLMo 3: one Python call a line. */
export const olmo3: ParserSpec = {
  id: "olmo3-pythonic",
  thinking: thinkTag,
  calls: [{ open: "<function_calls>", close: "</function_calls>", syntaxes: ["python", "json"] }],
  markers: ["<|im_end|>"],
  textCalls: true,
};
