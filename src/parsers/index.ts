import type { Parser, ParserContext, ParserSpec } from "../types/index.ts";
import { families } from "./families/index.ts";
import { begunHeaderOpening, headerOpening } from "./headers.ts";
import { callOpening } from "./layers.ts";
import { Machine } from "./machine.ts";
import { markerOpening } from "./marker.ts";
import { channelOpening, cutHeaderOpening } from "./syntaxes/channels.ts";
import { thinkingOpenings } from "./thinking.ts";
import { familyOfTemplate, mergeSpecs } from "./unknown.ts";

export { mayLackPart, type ResolvedCall, resolveCall, resolveName } from "./calls/resolve.ts";
export { type FileBlock, findFileBlocks } from "./file-blocks.ts";
export { literalsOf } from "./literals.ts";

/** Every family, by the id that profiles name. */
export const parserSpecs: Readonly<Record<string, ParserSpec>> = Object.fromEntries(
  families.map((spec) => [spec.id, spec]),
);

/** For models of which nothing is known: finds every notation of every family. */
export const unknownSpec: ParserSpec = mergeSpecs("unknown", Object.values(parserSpecs));

/** The family whose markers a chat template contains; undefined where it has those of none. */
export const specForTemplate = (source: string): ParserSpec | undefined =>
  familyOfTemplate(source, Object.values(parserSpecs));

/** A parser of one answer in this family's format. */
export function createParser(spec: ParserSpec, context: ParserContext): Parser {
  const { channels } = spec;
  const inChannels = channels?.calls && callOpening({ ...spec, calls: channels.calls, textCalls: false });
  return new Machine(
    [
      ...(channels ? [channelOpening(channels, inChannels)] : []),
      ...(spec.thinking ? thinkingOpenings(spec.thinking) : []),
      callOpening(spec),
      ...(spec.headers ? [headerOpening(spec.headers)] : []),
      ...(spec.markers.length > 0 ? [markerOpening(spec.markers, { takesSpace: false })] : []),
    ],
    context,
    channels
      ? cutHeaderOpening(channels, inChannels, context.generationPrompt ?? "")
      : begunHeaderOpening(spec.headers ?? []),
  );
}
