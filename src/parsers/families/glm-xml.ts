import type { ParserSpec } from "../../types/index.ts";
import { thinkTag, toolCallTag } from "./markers.ts";

/** GLM-4.5 to GLM-5: the tool's name and `<arg_key>` pairs in `<tool_call>`. */
export const glmXml: ParserSpec = {
  id: "glm-xml",
  thinking: thinkTag,
  calls: [toolCallTag("arg-key", "function-xml", "json", "assignments")],
  markers: ["<|begin_of_box|>", "<|end_of_box|>"],
  textCalls: true,
};
