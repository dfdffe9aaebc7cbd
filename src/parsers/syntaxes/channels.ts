import type { ChannelsSpec } from "../../types/index.ts";
import { bodyUntil } from "../body.ts";
import { judgeArguments } from "../calls/json-call.ts";
import { anyLiteralAt, literalAt, skipSpace } from "../look.ts";
import { markerOpening } from "../marker.ts";
import type { Head, Opening, Place, Setting } from "../opening.ts";

/** The longest header, in characters. */
const HEADER_LIMIT = 256;

/**
 * Messages with headers (harmony). The prompt has cut the first header, so that an answer may begin inside one, or with
 * plain text. A body whose header names a recipient is a call to it, on whatever channel it stands.
 */
export function channelOpening(spec: ChannelsSpec, calls: Opening | undefined): Opening {
  const literals = [...spec.open, ...spec.end];
  return {
    starts: [...literals, spec.recipient],
    read(text, at, place) {
      if (place.fresh) {
        const look = literalAt(text, at, spec.recipient);
        if (look === "more") return { type: "more" };
        if (look === "yes") return readHeader(text, at, spec, calls, place);
      }
      const found = anyLiteralAt(text, at, literals);
      if (found === undefined || found === "more") return { type: found ?? "none" };
      if (spec.end.includes(found))
        return { type: "marker", end: at + found.length, channel: "text", takesSpace: true };
      return readHeader(text, at, spec, calls, place);
    },
  };
}

/** The rest of a header whose literal is the end of the prompt; undefined where the prompt ends otherwise. */
export function cutHeaderOpening(spec: ChannelsSpec, calls: Opening | undefined, prompt: string): Opening | undefined {
  const opener = spec.open.find((literal) => prompt.endsWith(literal));
  if (opener === undefined) return undefined;
  return {
    starts: [],
    read(text, at, place) {
      const head = readHeader(text, at, spec, calls, place, opener);
      return head.type === "marker" ? { ...head, tail: endOf(spec) } : head;
    },
  };
}

/** `before`: what of the header stands in the prompt. */
function readHeader(
  text: string,
  at: number,
  spec: ChannelsSpec,
  calls: Opening | undefined,
  place: Place,
  before = "",
): Head {
  const window = text.slice(at, at + HEADER_LIMIT);
  const body = window.indexOf(spec.body);
  const stop = spec.end.map((end) => window.indexOf(end)).filter((index) => index >= 0 && (body < 0 || index < body));
  if (stop.length > 0) return { type: "marker", end: at + Math.min(...stop), channel: "text", takesSpace: true };
  if (body < 0) return window.length === HEADER_LIMIT ? { type: "none" } : { type: "more" };
  const header = before + window.slice(0, body);
  const end = at + body + spec.body.length;
  const recipient = wordAfter(header, spec.recipient);
  if (recipient !== undefined && !spec.ownRecipients.includes(recipient)) {
    const call = calls?.read(text, skipSpace(text, end), place);
    if (call?.type === "more" && !place.final) return call;
    if (call?.type === "body") return { ...call, takesSpace: true };
    const name = recipient.startsWith(spec.prefix) ? recipient.slice(spec.prefix.length) : recipient;
    const setting: Setting = {
      notation: "native",
      intro: place.intro,
      tools: place.tools,
      fence: 0,
      around: [],
      closers: [],
      breaks: [],
    };
    return {
      type: "body",
      end,
      body: bodyUntil([...spec.open, ...spec.end], (raw, ending) => judgeArguments(name, raw.trim(), ending, setting)),
      tail: endOf(spec),
      takesSpace: true,
    };
  }
  const channel = wordAfter(header, spec.channel) ?? "";
  return { type: "marker", end, channel: spec.reasoning.includes(channel) ? "reasoning" : "text", takesSpace: true };
}

/** The word after the last `literal` in a header. */
function wordAfter(header: string, literal: string): string | undefined {
  const start = header.lastIndexOf(literal);
  if (start < 0) return undefined;
  return /^[^\s<]*/.exec(header.slice(start + literal.length))?.[0];
}

const endOf = ({ end }: ChannelsSpec): Opening => markerOpening(end, { channel: "text", takesSpace: true });
