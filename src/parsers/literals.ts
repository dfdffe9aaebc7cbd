import type { ParserSpec } from "../types/index.ts";

/**
 * Every literal that a family's parser looks for, each once: those that are control tokens of the model are hidden by a server
 * that is not asked for them.
 */
export function literalsOf({ thinking, calls, channels, headers, markers }: ParserSpec): string[] {
  const literals = [
    ...(thinking ? [...thinking.open, ...thinking.close] : []),
    ...calls.flatMap(({ open, close }) => [open, close ?? ""]),
    ...(channels ? [...channels.open, channels.channel, channels.body, ...channels.end] : []),
    ...(headers ?? []).flatMap(({ open, until }) => [open, ...until]),
    ...markers,
  ];
  return [...new Set(literals.filter((literal) => literal !== ""))];
}
