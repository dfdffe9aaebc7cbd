import type { ChannelsSpec, ParserSpec } from "../../types/index.ts";
import type { Answers } from "./answers.ts";
import { before, behind, between, pieces } from "./edges.ts";
import { isMarker } from "./frame.ts";
import type { Probes } from "./probes.ts";
import { WORDS } from "./words.ts";

type CallSpec = ParserSpec["calls"][number];

/**
 * Formats whose messages begin with a header: words and calls have one alike, which ends with the same literal and names the tool where it
 * is a call. `calls`: how calls are written behind such a header, where they are more than arguments. Undefined for other formats.
 */
export function learnChannels(
  answers: Answers,
  { one, two }: Probes,
  calls: ParserSpec["calls"],
): ChannelsSpec | undefined {
  const words = answers.words();
  const lead = words && before(words.text, WORDS.content);
  const body = lead && endOfHeader(lead);
  const header = body && between(one, "", body);
  if (!words || !lead || !body || !header?.includes(WORDS.name)) return undefined;

  const mid = two && between(behind(two.slice(0, two.indexOf(WORDS.otherName)), WORDS.value), "}", body);
  const named = before(header, WORDS.name).trim();
  const [, recipient = "", prefix = ""] =
    /((?:\w+=|\S*>))([\w.]*)$/.exec(named === "" ? words.opening.trim() : named) ?? [];
  if (recipient === "") return undefined;

  const thought = answers.words({ reasoning_content: WORDS.reasoning })?.text ?? "";
  const [, channel = recipient, reasoning] =
    /(\S*?[=>])(\w+)$/.exec(between(thought, "", WORDS.reasoning)?.split(body)[0]?.trim() ?? "") ?? [];
  const [thoughtEnd, next = ""] = pieces(between(thought, WORDS.reasoning, WORDS.content) ?? "");
  const [, spoken] = /(\w+)$/.exec(before(lead, body).trim()) ?? [];
  const isDirect = /^\s*\{/.test(one.slice(one.indexOf(body) + body.length));
  const end = [thoughtEnd, pieces(answers.end)[0], pieces(mid ?? "")[0], pieces(behind(one, "}"))[0]];
  const open = [markerAtStart(next), markerAtStart(lead), named === "" ? recipient : undefined];
  return {
    open: whole(open.filter((literal) => literal !== body)),
    body,
    end: whole(end.filter((literal) => literal !== undefined && isMarker(literal))),
    channel,
    reasoning: reasoning === undefined ? [] : [reasoning],
    recipient,
    prefix,
    ownRecipients: channel === recipient ? whole([reasoning, spoken]) : [],
    ...(!isDirect && { calls: calls.map((call) => inBody(call, body)) }),
  };
}

/** Markers of a call as they stand behind a header. */
function inBody({ open, separators: _, ...call }: CallSpec, body: string): CallSpec {
  return { ...call, open: open.startsWith(body) ? open.slice(body.length).trim() : open };
}

/** The literal that a header ends with: a marker, else the end of a line. */
function endOfHeader(lead: string): string | undefined {
  return /<[^<>\s]+>\s*$/.exec(lead)?.[0].trim() ?? (/\S\n$/.test(lead) ? "\n" : undefined);
}

const markerAtStart = (text: string): string | undefined => /^\s*(<[^<>\s]+>)/.exec(text)?.[1];

/** Each literal once. */
const whole = (literals: readonly (string | undefined)[]): string[] =>
  [...new Set(literals.filter((literal) => literal !== undefined && literal !== ""))] as string[];
