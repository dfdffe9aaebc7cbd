import type { TagsSpec } from "../../types/index.ts";

/** A notation in tags, with what most of them have in common. */
export const inTags = (data: Pick<TagsSpec, "name" | "key" | "value" | "close"> & Partial<TagsSpec>): TagsSpec => ({
  type: "tags",
  textFlags: [],
  untyped: "text",
  nested: false,
  ...data,
});

/** `<invoke name="NAME"><parameter name="KEY">value</parameter></invoke>`, all tags with a prefix; without a schema values are text. */
export const invokeTags = (prefix: string, data: Partial<TagsSpec> = {}): TagsSpec =>
  inTags({
    name: { open: `<${prefix}invoke name="`, close: '"', end: ">" },
    key: { open: `<${prefix}parameter name="`, close: '"', end: ">" },
    value: { open: "", close: `</${prefix}parameter>`, lines: false },
    close: `</${prefix}invoke>`,
    ...data,
  });
