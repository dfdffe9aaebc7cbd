import type { ParserSpec, TagsSpec } from "../../types/index.ts";
import { inTags } from "./in-tags.ts";
import { thinkTag } from "./markers.ts";

/** `space` stands between a tag and its attribute: some servers write the byte of a space as the tokenizer does. */
const tags = (space: string): TagsSpec =>
  inTags({
    name: { open: `<function${space}name="`, close: '"', end: ">" },
    key: { open: `<param${space}name="`, close: '"', end: ">" },
    value: { open: "", close: "</param>", lines: false, quotes: { open: "<![CDATA[", close: "]]>" } },
    close: "</function>",
  });

/** MiniCPM5: calls without markers around them. */
export const minicpm5: ParserSpec = {
  id: "minicpm5-xml",
  thinking: thinkTag,
  calls: [{ open: "", syntaxes: [tags(" "), tags("Ġ")] }],
  markers: [],
  textCalls: true,
};
