import type { ParserSpec } from "../../types/index.ts";
import { inTags } from "./in-tags.ts";

/** LongCat-Flash: GLM's notation in tags of its own, or JSON in them. */
export const longcat: ParserSpec = {
  id: "longcat-xml",
  thinking: { open: ["<longcat_think>", "<think>"], close: ["</longcat_think>", "</think>"] },
  calls: [
    {
      open: "<longcat_tool_call>",
      close: "</longcat_tool_call>",
      syntaxes: [
        inTags({
          name: { open: "", close: "" },
          key: { open: "<longcat_arg_key>", close: "</longcat_arg_key>" },
          value: { open: "<longcat_arg_value>", close: "</longcat_arg_value>", lines: false },
          close: "</longcat_tool_call>",
        }),
        "json",
      ],
    },
  ],
  markers: [],
  textCalls: true,
};
