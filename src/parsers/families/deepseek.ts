import type { ParserSpec } from "../../types/index.ts";
import { thinkTag } from "./markers.ts";

/** Both generations' calls: the older one has the word `function` before the name and the arguments in a code fence. */
const calls: ParserSpec["calls"] = [
  { open: "<｜tool▁calls▁begin｜>", close: "<｜tool▁calls▁end｜>", syntaxes: [] },
  {
    open: "<｜tool▁call▁begin｜>",
    close: "<｜tool▁call▁end｜>",
    syntaxes: [
      {
        type: "named-json",
        prefixes: ["function<｜tool▁sep｜>"],
        separators: ["<｜tool▁sep｜>", "```json", "```"],
        closers: ["```"],
      },
    ],
  },
];

const markers: ParserSpec["markers"] = [
  "<｜tool▁outputs▁begin｜>",
  "<｜tool▁outputs▁end｜>",
  "<｜tool▁output▁begin｜>",
  "<｜tool▁output▁end｜>",
  "<｜end▁of▁sentence｜>",
  "<｜Assistant｜>",
];

/** DeepSeek V3, R1 and Cogito. */
export const deepseekV3: ParserSpec = { id: "deepseek-v3-json", thinking: thinkTag, calls, markers, textCalls: true };

/** DeepSeek V3.1. */
export const deepseekV31: ParserSpec = {
  id: "deepseek-v3.1",
  thinking: thinkTag,
  calls,
  opener: "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>{name}<｜tool▁sep｜>",
  markers,
  textCalls: true,
};
