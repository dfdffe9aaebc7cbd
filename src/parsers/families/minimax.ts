import type { ParserSpec } from "../../types/index.ts";
import { inTags, invokeTags } from "./in-tags.ts";
import { thinkTag } from "./markers.ts";

/** MiniMax-M2 and M2.1. */
export const minimaxM2: ParserSpec = {
  id: "minimax-m2-xml",
  thinking: thinkTag,
  calls: [{ open: "<minimax:tool_call>", close: "</minimax:tool_call>", syntaxes: [invokeTags(""), "json"] }],
  markers: [],
  textCalls: true,
};

/** The token before each tag of MiniMax-M3. */
const PREFIX = "]<]minimax[>[";

/** MiniMax-M3: tags named by the arguments' keys, in each other for objects and lists. */
export const minimaxM3: ParserSpec = {
  id: "minimax-m3-xml",
  thinking: { open: ["<mm:think>"], close: ["</mm:think>"] },
  calls: [
    {
      open: `${PREFIX}<tool_call>`,
      close: `${PREFIX}</tool_call>`,
      syntaxes: [
        inTags({
          name: { open: `${PREFIX}<invoke name="`, close: '"', end: ">" },
          key: { open: `${PREFIX}<`, close: ">" },
          value: { open: "", close: `${PREFIX}</`, lines: false },
          close: `${PREFIX}</invoke>`,
          untyped: "json",
          nested: true,
        }),
      ],
    },
  ],
  // Without reasoning the model begins with the closer.
  markers: ["</mm:think>"],
  textCalls: true,
};
