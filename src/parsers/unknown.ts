import type { ParserSpec, SyntaxName } from "../types/index.ts";
import { literalsOf } from "./literals.ts";

type CallSpec = ParserSpec["calls"][number];

/** What a notation looks like in a template that teaches it; a notation without a line of its own looks like nothing. */
const SIGNS: Partial<Readonly<Record<SyntaxName, string>>> = {
  "function-xml": "<function=",
  "arg-key": "<arg_key>",
};

/**
 * The family whose markers a chat template contains: an opener of its calls with the notation it expects there, or the openers of its
 * channels. Among several the one of which most stands in the template. Undefined where it has none.
 */
export function familyOfTemplate(source: string, specs: readonly ParserSpec[]): ParserSpec | undefined {
  let best: ParserSpec | undefined;
  let most = 0;
  for (const spec of specs) {
    const signs = [...spec.calls.filter(({ open }) => open !== "").map((call) => signsOf(call)), channelSigns(spec)];
    if (!signs.some((group) => group.length > 0 && group.every((sign) => source.includes(sign)))) continue;
    const found = new Set([...literalsOf(spec), ...signs.flat()].filter((sign) => source.includes(sign)));
    const length = [...found].reduce((sum, sign) => sum + sign.length, 0);
    if (length > most) [best, most] = [spec, length];
  }
  return best;
}

function signsOf({ open, syntaxes }: CallSpec): string[] {
  const sign = syntaxes[0] && SIGNS[syntaxes[0]];
  return sign ? [open, sign] : [open];
}

const channelSigns = ({ channels }: ParserSpec): string[] => (channels ? [channels.channel, channels.body] : []);

/**
 * Reads answers of models that nothing is known of: looks for every marker and every notation of all families at once. A
 * call without markers needs a declared name, as everywhere.
 */
export function mergeSpecs(id: string, specs: readonly ParserSpec[]): ParserSpec {
  const calls = new Map<string, CallSpec>();
  for (const call of specs.flatMap((spec) => spec.calls).filter(({ open }) => open !== "")) {
    const earlier = calls.get(call.open);
    const syntaxes = [...new Set([...(earlier?.syntaxes ?? []), ...call.syntaxes])];
    calls.set(call.open, { ...call, ...earlier, syntaxes });
  }
  const channels = specs.find((spec) => spec.channels)?.channels;
  const every = (pick: (spec: ParserSpec) => readonly string[]): string[] => [...new Set(specs.flatMap(pick))];
  return {
    id,
    thinking: {
      open: every(({ thinking }) => thinking?.open ?? []),
      close: every(({ thinking }) => thinking?.close ?? []),
    },
    calls: [...calls.values()],
    ...(channels && { channels }),
    markers: every(({ markers }) => markers),
    textCalls: true,
  };
}
