import type { Parser, ParserContext, ParserSpec } from "../types/index.ts";
import { glmXml } from "./families/glm-xml.ts";
import { harmony } from "./families/harmony.ts";
import { hermesJson } from "./families/hermes-json.ts";
import { plain } from "./families/plain.ts";
import { qwen3CoderXml } from "./families/qwen3-coder-xml.ts";
import { callOpening } from "./layers.ts";
import { Machine } from "./machine.ts";
import { channelOpening } from "./syntaxes/channels.ts";
import { markerOpening, thinkingOpenings } from "./thinking.ts";
import { familyOfTemplate, mergeSpecs } from "./unknown.ts";

export { endsInsideText, type ResolvedCall, resolveCall } from "./calls/resolve.ts";
export { type FileBlock, findFileBlocks } from "./file-blocks.ts";
export { literalsOf } from "./literals.ts";

/** Every family, by the id that profiles name. */
export const parserSpecs: Readonly<Record<string, ParserSpec>> = Object.fromEntries(
  [hermesJson, qwen3CoderXml, glmXml, harmony, plain].map((spec) => [spec.id, spec]),
);

/** For models of which nothing is known: finds every notation of every family. */
export const unknownSpec: ParserSpec = mergeSpecs("unknown", Object.values(parserSpecs));

/** The family whose markers a chat template contains; undefined where it has those of none. */
export const specForTemplate = (source: string): ParserSpec | undefined =>
  familyOfTemplate(source, Object.values(parserSpecs));

/** A parser of one answer in this family's format. */
export function createParser(spec: ParserSpec, context: ParserContext): Parser {
  return new Machine(
    [
      ...(spec.channels ? [channelOpening(spec.channels)] : []),
      ...(spec.thinking ? thinkingOpenings(spec.thinking) : []),
      ...(spec.markers.length > 0 ? [markerOpening(spec.markers)] : []),
      callOpening(spec),
    ],
    context,
  );
}
