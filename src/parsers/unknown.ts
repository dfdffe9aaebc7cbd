import type { ChannelsSpec, ParserSpec } from "../types/index.ts";
import { literalsOf } from "./literals.ts";
import { templateText } from "./template-text.ts";

type CallSpec = ParserSpec["calls"][number];

/** What notations that are known by their name alone look like in a template that teaches them. */
const SIGNS: Readonly<Record<string, string>> = { "function-xml": "<function=", "arg-key": "<arg_key>" };

/** How much the literals that begin no call count beside those that do, when two families stand in one template. */
const OTHER_LITERALS = 0.1;

/**
 * The family whose markers a chat template contains: the openers of its calls, each with the notation it expects there, or the
 * literals of its channels. Among several the one of which most stands in the template, by length and by share. Undefined for none.
 */
export function familyOfTemplate(source: string, specs: readonly ParserSpec[]): ParserSpec | undefined {
  const text = templateText(source);
  let best: ParserSpec | undefined;
  let most = 0;
  for (const spec of specs) {
    const ways = [...spec.calls.map(signsOf), channelSigns(spec)].filter((signs) => signs.length > 0);
    const found = ways.filter((signs) => signs.every((sign) => text.includes(sign)));
    const others = literalsOf(spec).filter((literal) => text.includes(literal));
    const share = (1 + found.length / ways.length) / 2;
    const score = share * lengthOf(found.flat()) + OTHER_LITERALS * lengthOf(others);
    if (found.length > 0 && score > most) [best, most] = [spec, score];
  }
  return best;
}

const lengthOf = (literals: readonly string[]): number =>
  [...new Set(literals)].reduce((sum, literal) => sum + literal.length, 0);

/** What has to stand in a template that teaches these calls; nothing where their opener is no sign of anything. */
function signsOf({ open, weak, syntaxes }: CallSpec): string[] {
  const sign = signOf(syntaxes[0]);
  return [...(weak ? [] : [open]), sign ?? ""].filter((literal) => literal !== "");
}

/** The first literal of a notation that is markup; undefined where it has none, as plain JSON. */
function signOf(syntax: unknown): string | undefined {
  if (typeof syntax === "string") return SIGNS[syntax] ?? (/[<[|]/.test(syntax) ? syntax : undefined);
  if (typeof syntax !== "object" || syntax === null) return undefined;
  return Object.values(syntax)
    .map(signOf)
    .find((sign) => sign !== undefined);
}

/** A family without reasoning has no word for channels in its headers. */
function channelSigns({ channels }: ParserSpec): string[] {
  if (!channels) return [];
  const { reasoning, channel, recipient, body } = channels;
  return [reasoning.length > 0 ? channel : recipient, body].filter((literal) => literal !== "");
}

/**
 * Reads answers of models that nothing is known of: looks for every marker and every notation of these families at once. A call
 * without markers needs a declared name, as everywhere.
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
  const channels = mergeChannels(specs.flatMap((spec) => spec.channels ?? []));
  return {
    id,
    thinking: {
      open: union(specs, ({ thinking }) => thinking?.open),
      close: union(specs, ({ thinking }) => thinking?.close),
      labels: union(specs, ({ thinking }) => thinking?.labels),
    },
    calls: [...calls.values()],
    ...(opener !== undefined && { opener }),
    ...(channels && { channels }),
    headers: specs.flatMap(({ headers }) => headers ?? []),
    markers: union(specs, ({ markers }) => markers),
    textCalls: true,
  };
}

/** Where an opener is empty, a notation whose own first tag is its marker stays; bare JSON is a text call and looked for as such. */
const markedOnly = (call: CallSpec): CallSpec =>
  call.open === "" ? { ...call, syntaxes: call.syntaxes.filter((syntax) => signOf(syntax) !== undefined) } : call;

/** The first family's literals, and all lists of those that have the same between header and body. */
function mergeChannels([first, ...others]: readonly ChannelsSpec[]): ChannelsSpec | undefined {
  if (!first) return undefined;
  const alike = [first, ...others.filter(({ body }) => body === first.body)];
  const calls = alike.flatMap((channels) => channels.calls ?? []);
  return {
    ...first,
    open: union(alike, ({ open }) => open),
    end: union(alike, ({ end }) => end),
    reasoning: union(alike, ({ reasoning }) => reasoning),
    ownRecipients: union(alike, ({ ownRecipients }) => ownRecipients),
    ...(calls.length > 0 && { calls }),
  };
}

/** Each literal once, longer ones first: one may begin with another. */
function union<T>(items: readonly T[], pick: (item: T) => readonly string[] | undefined): string[] {
  return [...new Set(items.flatMap((item) => pick(item) ?? []))].sort((a, b) => b.length - a.length);
}
