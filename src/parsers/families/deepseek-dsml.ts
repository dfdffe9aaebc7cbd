import type { ParserSpec, TagsSpec } from "../../types/index.ts";
import { invokeTags } from "./in-tags.ts";
import { thinkTag } from "./markers.ts";

const tags: TagsSpec = invokeTags("｜DSML｜", { textFlags: ['string="true"'], untyped: "json" });

/** DeepSeek V3.2 (`function_calls`) and V4 (`tool_calls`): a flag in the tag tells text from JSON. */
export const deepseekDsml: ParserSpec = {
  id: "deepseek-dsml",
  thinking: thinkTag,
  calls: ["function_calls", "tool_calls"].map((tag) => ({
    open: `<｜DSML｜${tag}>`,
    close: `</｜DSML｜${tag}>`,
    syntaxes: [tags],
  })),
  markers: ["<｜end▁of▁sentence｜>"],
  textCalls: true,
};
