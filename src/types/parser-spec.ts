import { z } from "zod";

/**
 * A family's output format as data: JSON without functions, so that a user's profile can bring its own.
 * `thinking` are literal openers and closers, `calls` the notations in the order they are tried.
 */
export const parserSpecSchema = z.object({
  id: z.string(),
  thinking: z.object({ open: z.array(z.string()), close: z.array(z.string()) }).optional(),
  calls: z.array(
    z.object({ syntax: z.string(), open: z.string(), close: z.string().optional() }).catchall(z.unknown()),
  ),
  /** Find calls in plain text too: a fenced or bare JSON object with a declared name and an arguments object. */
  textCalls: z.boolean().default(true),
});

export type ParserSpec = z.infer<typeof parserSpecSchema>;
