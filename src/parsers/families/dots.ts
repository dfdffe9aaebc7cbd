import type { ParserSpec } from "../../types/index.ts";
import { invokeTags } from "./in-tags.ts";
import { thinkTag } from "./markers.ts";

/** dots.llm. */
export const dots: ParserSpec = {
  id: "dots",
  thinking: thinkTag,
  calls: [{ open: "<dots_function_call>", close: "</dots_function_call>", syntaxes: [invokeTags(""), "json"] }],
  markers: [],
  textCalls: true,
};
