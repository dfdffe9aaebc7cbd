import type { TagsSpec } from "../../types/index.ts";

/** `<function=NAME><parameter=KEY>value</parameter></function>`. */
export const functionXml: TagsSpec = {
  type: "tags",
  name: { open: "<function=", close: ">" },
  key: { open: "<parameter=", close: ">" },
  value: { open: "", close: "</parameter>", lines: true },
  close: "</function>",
  textFlags: [],
  untyped: "json",
  nested: false,
};

/** `NAME<arg_key>KEY</arg_key><arg_value>value</arg_value></tool_call>`, with line breaks between the tags or without. */
export const argKey: TagsSpec = {
  type: "tags",
  name: { open: "", close: "" },
  key: { open: "<arg_key>", close: "</arg_key>" },
  value: { open: "<arg_value>", close: "</arg_value>", lines: false },
  close: "</tool_call>",
  textFlags: [],
  untyped: "json",
  nested: false,
};
