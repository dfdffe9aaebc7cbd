import type { ParserSpec, TagsSpec } from "../../types/index.ts";
import { inTags } from "./in-tags.ts";

const tags: TagsSpec = inTags({
  name: { open: '<|open|>call tool="', close: '"', end: "<|sep|>" },
  key: { open: '<|open|>argument key="', close: '"', end: "<|sep|>" },
  value: { open: "", close: "<|close|>argument<|sep|>", lines: false },
  close: "<|close|>call<|sep|>",
  textFlags: ['type="string"'],
  untyped: "json",
});

/** Kimi K3: `<|open|>NAME …<|sep|>` and `<|close|>NAME<|sep|>` around everything. */
export const kimiK3: ParserSpec = {
  id: "kimi-k3",
  thinking: {
    open: ["<|open|>think<|sep|>"],
    close: ["<|close|>think<|sep|>", "<|open|>response<|sep|>"],
    anywhere: true,
  },
  calls: [
    { open: "<|open|>tools<|sep|>", close: "<|close|>tools<|sep|>", syntaxes: [tags] },
    { open: "", syntaxes: [tags] },
  ],
  headers: [
    { open: "<|open|>", until: ["<|sep|>", "<|open|>", "<|close|>"] },
    { open: "<|close|>", until: ["<|sep|>", "<|open|>", "<|close|>"] },
  ],
  markers: ["<|sep|>"],
  textCalls: true,
};
