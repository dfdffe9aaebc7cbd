import type { ParserSpec } from "../../types/index.ts";

/** No markers of its own: for models that were never taught a notation, and for endpoints that parse by themselves. */
export const plain: ParserSpec = {
  id: "plain",
  thinking: { open: ["<think>"], close: ["</think>"] },
  calls: [],
  markers: [],
  textCalls: true,
};
