import { z } from "zod";

/** Notations of a call; each is one file in `parsers/syntaxes/`. */
export const syntaxNameSchema = z.enum(["json", "function-xml", "arg-key"]);

export type SyntaxName = z.infer<typeof syntaxNameSchema>;

/** A pair of literals that calls stand between. One opener may hold several notations: what follows it decides. */
const callSpecSchema = z.object({
  /** Absent where the notation's own first tag is the marker. */
  open: z.string().default(""),
  /** What ends it; models leave it out, so that it is taken where it stands and not waited for. */
  close: z.string().optional(),
  /** Tried in order on the text after the opener. */
  syntaxes: z.array(syntaxNameSchema),
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
});

export type ChannelsSpec = z.infer<typeof channelsSchema>;

/** A family's output format as data: JSON without functions, so that a user's profile can bring its own. */
export const parserSpecSchema = z.object({
  id: z.string(),
  /** Literals around the reasoning. An opener counts only where nothing has been said yet. */
  thinking: z.object({ open: z.array(z.string()), close: z.array(z.string()) }).optional(),
  /** The family's own markers. A call in them is returned even when its name is not declared, and flagged. */
  calls: z.array(callSpecSchema),
  /**
   * What stands before a call's arguments, with `{name}` for the tool's name as JSON text without its quotes. Where the arguments alone
   * are JSON: there they can be asked for under a grammar.
   */
  opener: z.string().optional(),
  channels: channelsSchema.optional(),
  /** Literals that are markup and neither text nor call. */
  markers: z.array(z.string()).default([]),
  /** Find calls in plain text too: they need a declared name and an arguments object. */
  textCalls: z.boolean().default(true),
});

export type ParserSpec = z.infer<typeof parserSpecSchema>;
