import type { ParserSpec } from "../../types/index.ts";
import { inTags } from "./in-tags.ts";
import { thinkTag } from "./markers.ts";

/** Hunyuan-A13B: a JSON list of calls, and the answer in a tag too. */
export const hunyuanA13b: ParserSpec = {
  id: "hunyuan-a13b",
  thinking: thinkTag,
  calls: [{ open: "<tool_calls>", close: "</tool_calls>", syntaxes: ["json"] }],
  markers: ["<answer>", "</answer>"],
  textCalls: true,
};

/** Hunyuan 3: GLM's notation with a tag behind the name. Some of its models add a suffix to the name of each tag. */
export const hunyuanV3: ParserSpec = {
  id: "hunyuan-v3",
  thinking: { open: ["<think>", "<think:opensource>"], close: ["</think>", "</think:opensource>"] },
  calls: ["", ":opensource"].flatMap((suffix) => [
    { open: `<tool_calls${suffix}>`, close: `</tool_calls${suffix}>`, syntaxes: ["json" as const] },
    {
      open: `<tool_call${suffix}>`,
      close: `</tool_call${suffix}>`,
      syntaxes: [
        inTags({
          name: { open: "", close: `<tool_sep${suffix}>` },
          key: { open: `<arg_key${suffix}>`, close: `</arg_key${suffix}>` },
          value: { open: `<arg_value${suffix}>`, close: `</arg_value${suffix}>`, lines: false },
          close: `</tool_call${suffix}>`,
        }),
      ],
    },
  ]),
  markers: ["<answer>", "</answer>", "<｜hy_eos｜>", "<｜hy_eos:opensource｜>"],
  textCalls: true,
};
