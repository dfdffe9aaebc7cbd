import type { ParserSpec, TagsSpec } from "../../types/index.ts";
import { inTags } from "./in-tags.ts";

const tags: TagsSpec = inTags({
  name: { open: "<function=", close: ">" },
  key: { open: "<parameter=", close: ">" },
  value: { open: "", close: "</parameter>", lines: false },
  close: "</function>",
  untyped: "json",
});

/** Seed-OSS: the notation of Qwen3-Coder in tags of its own, values without line breaks around them. */
export const seedOss: ParserSpec = {
  id: "seed-xml",
  thinking: { open: ["<seed:think>"], close: ["</seed:think>"] },
  calls: [{ open: "<seed:tool_call>", close: "</seed:tool_call>", syntaxes: [tags, "json"] }],
  markers: [],
  textCalls: true,
};
