import { z } from "zod";

/** Notations that need no data of their own. */
const syntaxNameSchema = z.enum(["json", "function-xml", "arg-key", "python", "assignments"]);

export type SyntaxName = z.infer<typeof syntaxNameSchema>;

/** A JSON object for each call. */
const jsonSyntaxSchema = z.object({
  type: z.literal("json"),
  /** Key of the tool's name; empty where the name is itself the key of the arguments: `{"NAME": {…}}`. */
  nameKey: z.string(),
  /** Key of the arguments. */
  argumentsKey: z.string(),
});

/** The tool's name as a word, then its arguments as a JSON object. */
const namedJsonSyntaxSchema = z.object({
  type: z.literal("named-json"),
  /** Literals that may stand before the name and are no part of it. */
  prefixes: z.array(z.string()).optional(),
  /** Literal between the name and an id of the call, e.g. `:` in `NAME:0`. */
  id: z.string().optional(),
  /** The id is all of it, from the prefix to the number: `functions.NAME:0`. */
  wholeId: z.boolean().optional(),
  /** Literals between name and arguments, each of which may be missing. */
  separators: z.array(z.string()).optional(),
  /** Literals that may follow the arguments, e.g. the end of a code fence that a separator opened. */
  closers: z.array(z.string()).optional(),
});

/** A call as Python writes it, with keyword arguments: `NAME(key="text", other=[1, True])`. */
const pythonSyntaxSchema = z.object({
  type: z.literal("python"),
  /** Literal before the name. */
  prefix: z.string(),
});

/** `NAME{key:value,…}` with unquoted keys, nested, and strings between delimiters of its own. */
const bareKeysSyntaxSchema = z.object({
  type: z.literal("bare-keys"),
  /** Literal before the name. */
  prefix: z.string(),
  /** Literal on both sides of a string. */
  quote: z.string(),
});

/** A tag that holds a name: `open`, the name, `close`; where it goes on with attributes they last up to `end`. */
const nameTagSchema = z.object({ open: z.string(), close: z.string(), end: z.string().optional() });

/**
 * A call written in tags: `<invoke name="NAME"><parameter name="KEY">value</parameter></invoke>`, `NAME<arg_key>KEY</arg_key>…`
 * and their like. A value is raw text, up to its closer that something of the call follows.
 */
const tagsSchema = z.object({
  type: z.literal("tags"),
  /** Before the tool's name; with an empty `open` the name is the first word, and a key or the call's end has to follow. */
  name: nameTagSchema,
  key: nameTagSchema,
  value: z.object({
    /** Tag of its own before a value; models leave it out. */
    open: z.string().default(""),
    close: z.string(),
    /** The format puts a line break behind the opening and before the closing tag. */
    lines: z.boolean().default(false),
    /** Literals around a value that may hold its own closer. */
    quotes: z.object({ open: z.string(), close: z.string() }).optional(),
  }),
  /** Ends the call. */
  close: z.string(),
  /** Attributes of a key that say that its value is text; they count where the tool's schema leaves it open. */
  textFlags: z.array(z.string()).default([]),
  /** What a value is that neither schema nor flag says anything of: text, or JSON where it reads as such. */
  untyped: z.enum(["json", "text"]).default("json"),
  /** Values are tags again: members of an object, or items of a list. `value.close` then begins a closer, before the key. */
  nested: z.boolean().default(false),
});

export type TagsSpec = z.infer<typeof tagsSchema>;

/** A notation: by its name, or by its literals. */
const syntaxSchema = z.union([
  syntaxNameSchema,
  z.discriminatedUnion("type", [
    tagsSchema,
    jsonSyntaxSchema,
    namedJsonSyntaxSchema,
    pythonSyntaxSchema,
    bareKeysSyntaxSchema,
  ]),
]);

export type SyntaxSpec = z.infer<typeof syntaxSchema>;

/** The data of the notation of this type. */
export type SyntaxData<T extends string> = Extract<SyntaxSpec, { readonly type: T }>;

/** A pair of literals that calls stand between. One opener may hold several notations: what follows it decides. */
const callSpecSchema = z.object({
  /** Absent where the notation's own first tag is the marker. */
  open: z.string().default(""),
  /** The opener stands before other things too (a bracket, a code fence): what follows has to look like a call. */
  weak: z.boolean().optional(),
  /** What ends it; models leave it out, so that it is taken where it stands and not waited for. */
  close: z.string().optional(),
  /** Tried in order on the text after the opener. */
  syntaxes: z.array(syntaxSchema),
  /** Literals that may stand between two calls. */
  separators: z.array(z.string()).optional(),
});

/** A literal whose tag goes on with words, up to one of other literals, which is no part of it: all of it is markup. */
const headerSchema = z.object({
  open: z.string(),
  until: z.array(z.string()),
  /** The prompt may end with `open`, so that an answer may begin with the header's words. */
  begun: z.boolean().optional(),
});

/** Messages inside one answer, each with a header that says who speaks on which channel to whom (harmony). */
const channelsSchema = z.object({
  /** Literals that begin a header. */
  open: z.array(z.string()),
  /** Literal between header and body. */
  body: z.string(),
  /** Literals that end a body. */
  end: z.array(z.string()),
  /** Literal before a channel's name inside the header. */
  channel: z.string(),
  /** Names of the channels that are reasoning; the others are text. */
  reasoning: z.array(z.string()),
  /** Literal before the recipient; a body with a recipient outside `ownRecipients` is a call. */
  recipient: z.string(),
  /** Prefix of a recipient that is no part of the tool's name. */
  prefix: z.string(),
  /** Recipients that are no tools. */
  ownRecipients: z.array(z.string()),
  /** How calls are written in a body with a recipient; absent where it is the arguments as JSON. */
  calls: z.array(callSpecSchema).optional(),
});

export type ChannelsSpec = z.infer<typeof channelsSchema>;

/** A family's output format as data: JSON without functions, so that a user's profile can bring its own. */
export const parserSpecSchema = z.object({
  id: z.string(),
  /** Literals around the reasoning. */
  thinking: z
    .object({
      open: z.array(z.string()),
      close: z.array(z.string()),
      /** Openers count wherever they stand, as control tokens do; else only where nothing has been said yet. */
      anywhere: z.boolean().optional(),
      /** Words that the model writes first into its reasoning and that are no part of it. */
      labels: z.array(z.string()).optional(),
    })
    .optional(),
  /** The family's own markers. A call in them is returned even when its name is not declared, and flagged. */
  calls: z.array(callSpecSchema),
  /**
   * What stands before a call's arguments, with `{name}` for the tool's name as JSON text without its quotes. Where the arguments alone
   * are JSON: there they can be asked for under a grammar.
   */
  opener: z.string().optional(),
  channels: channelsSchema.optional(),
  headers: z.array(headerSchema).optional(),
  /** Literals that are markup and neither text nor call. */
  markers: z.array(z.string()).default([]),
  /** Find calls in plain text too: they need a declared name and an arguments object. */
  textCalls: z.boolean().default(true),
});

export type ParserSpec = z.infer<typeof parserSpecSchema>;
