import type { ParserSpec } from "../types/index.ts";
import { literalsOf } from "./literals.ts";

type CallSpec = ParserSpec["calls"][number];

/** What notations that are known by their name alone look like in a template that teaches them. */
const SIGNS: Readonly<Record<string, string>> = { "function-xml": "<function=", "arg-key": "<arg_key>" };

/**
 * The family whose markers a chat template contains: an opener of its calls with the notation it expects there, or the openers of its
 * channels. Among several the one of which most stands in the template. Undefined where it has none.
 */
export function familyOfTemplate(source: string, specs: readonly ParserSpec[]): ParserSpec | undefined {
  // A template may write a quote as the escape of its own string.
  const text = source.replaceAll('\\"', '"');
  let best: ParserSpec | undefined;
  let most = 0;
  for (const spec of specs) {
    const signs = [...spec.calls.filter(({ open }) => open !== "").map((call) => signsOf(call)), channelSigns(spec)];
    if (!signs.some((group) => group.length > 0 && group.every((sign) => text.includes(sign)))) continue;
    const found = new Set([...literalsOf(spec), ...signs.flat()].filter((sign) => text.includes(sign)));
    const length = [...found].reduce((sum, sign) => sum + sign.length, 0);
    if (length > most) [best, most] = [spec, length];
  }
  return best;
}

function signsOf({ open, syntaxes }: CallSpec): string[] {
  const sign = signOf(syntaxes[0]);
  return sign ? [open, sign] : [open];
}

/** The first literal of a notation that is markup; undefined where it has none, as plain JSON. */
function signOf(syntax: unknown): string | undefined {
  if (typeof syntax === "string") return SIGNS[syntax] ?? (/[<[|]/.test(syntax) ? syntax : undefined);
  if (typeof syntax !== "object" || syntax === null) return undefined;
  return Object.values(syntax)
    .map(signOf)
    .find((sign) => sign !== undefined);
}

/** A call whose own first tag is its marker keeps the notations that have one: bare JSON is a text call, which needs a declared name. */
const markedOnly = (call: CallSpec): CallSpec =>
  call.open === "" ? { ...call, syntaxes: call.syntaxes.filter((syntax) => signOf(syntax) !== undefined) } : call;

const channelSigns = ({ channels }: ParserSpec): string[] => (channels ? [channels.channel, channels.body] : []);

/**
 * Reads answers of models that nothing is known of: looks for every marker and every notation of all families at once. A
 * call without markers needs a declared name, as everywhere.
 */
export function mergeSpecs(id: string, specs: readonly ParserSpec[]): ParserSpec {
  const calls = new Map<string, CallSpec>();
  for (const call of specs.flatMap((spec) => spec.calls).map(markedOnly)) {
    if (call.open === "" && call.syntaxes.length === 0) continue;
    const earlier = calls.get(call.open);
    const syntaxes = new Map([...(earlier?.syntaxes ?? []), ...call.syntaxes].map((one) => [JSON.stringify(one), one]));
    calls.set(call.open, { ...call, ...earlier, syntaxes: [...syntaxes.values()] });
  }
  const opener = specs.find((spec) => spec.opener)?.opener;
  const channels = specs.find((spec) => spec.channels)?.channels;
  /** Longer ones first: one may begin with another. */
  const every = (pick: (spec: ParserSpec) => readonly string[]): string[] =>
    [...new Set(specs.flatMap(pick))].sort((a, b) => b.length - a.length);
  return {
    id,
    thinking: {
      open: every(({ thinking }) => thinking?.open ?? []),
      close: every(({ thinking }) => thinking?.close ?? []),
      labels: every(({ thinking }) => thinking?.labels ?? []),
    },
    calls: [...calls.values()],
    ...(opener !== undefined && { opener }),
    ...(channels && { channels }),
    headers: specs.flatMap(({ headers }) => headers ?? []),
    markers: every(({ markers }) => markers),
    textCalls: true,
  };
}
