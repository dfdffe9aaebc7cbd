import type { ParseEvent, Parser, ParserContext } from "../types/index.ts";
import { EventLog } from "./events.ts";
import { Intro } from "./intro.ts";
import { isBlank } from "./look.ts";
import type { Body, Channel, Ending, Head, Opening, Place } from "./opening.ts";
import { Starts } from "./starts.ts";

interface Candidate {
  readonly start: number;
  /** What stands before the body. */
  readonly opener: string;
  readonly body: Body;
  readonly tail: Opening;
  /** The body so far. */
  readonly pieces: string[];
}

/**
 * The one state machine of all families. It holds back only what may still become markup (bounded, and white space),
 * hands every other character on at once, and reads each a bounded number of times: linear in the text.
 */
export class Machine implements Parser {
  private readonly log = new EventLog();
  private readonly starts: Starts;
  private held = "";
  /** White space that belongs to what comes next. */
  private space: string[] = [];
  private channel: Channel;
  private fresh = true;
  private afterMarker = false;
  private afterCall = false;
  private hasThought: boolean;
  private thoughtOpen: boolean;
  private readonly intro = new Intro();
  private candidate: Candidate | undefined;
  private tail: Opening | undefined;
  private readonly openings: readonly { readonly opening: Opening; readonly starts: Starts }[];
  private readonly context: ParserContext;

  /** `first`: what the answer may begin with in the middle, because the prompt has begun it. */
  constructor(openings: readonly Opening[], context: ParserContext, first?: Opening) {
    this.openings = openings.map((opening) => ({ opening, starts: new Starts(opening.starts) }));
    this.starts = new Starts(openings.flatMap((opening) => opening.starts));
    this.tail = first;
    this.context = context;
    this.channel = context.thinkingOpen ? "reasoning" : "text";
    this.hasThought = context.thinkingOpen;
    this.thoughtOpen = context.thinkingOpen;
  }

  push(text: string): ParseEvent[] {
    this.advance(text, false);
    return this.log.take();
  }

  end(options: { readonly cut?: boolean } = {}): ParseEvent[] {
    this.advance("", true);
    if (this.candidate) this.closeCandidate(this.candidate, options.cut ? "cut" : "open");
    this.flushSpace(this.afterMarker ? "marker" : this.channel);
    return this.log.take();
  }

  private advance(chunk: string, final: boolean): void {
    const text = this.held + chunk;
    this.held = "";
    let at = 0;
    while (at < text.length) {
      const next = this.candidate ? this.readBody(this.candidate, text, at, final) : this.scan(text, at, final);
      if (next === undefined) return;
      at = next;
    }
  }

  /** Reads on in the open candidate; undefined when the rest is held back. */
  private readBody(candidate: Candidate, text: string, from: number, final: boolean): number | undefined {
    const { at, done } = candidate.body.read(text, from, final);
    const end = final && !done ? text.length : at;
    const piece = text.slice(from, end);
    this.log.delta("candidate", piece);
    candidate.pieces.push(piece);
    if (done) this.closeCandidate(candidate, "closed");
    else if (end < text.length) {
      this.held = text.slice(end);
      return undefined;
    }
    return end;
  }

  /** Hands on text up to the next opening and looks at that; undefined when the rest is held back. */
  private scan(text: string, from: number, final: boolean): number | undefined {
    let at = from;
    while (at < text.length && !this.tail && !this.starts.mayBegin(text, at) && !isBlank(text, at)) at++;
    if (at > from) {
      this.say(text.slice(from, at));
      return at;
    }
    while (at < text.length && isBlank(text, at)) at++;
    if (at > from) {
      this.space.push(text.slice(from, at));
      this.intro.add(text.slice(from, at));
      return at;
    }
    const head = this.headAt(text, at, final);
    switch (head.type) {
      case "more":
        this.held = text.slice(at);
        return undefined;
      case "none":
        this.say(text.charAt(at));
        return at + 1;
      case "text":
        if (head.endsReasoning && this.channel === "reasoning") {
          this.flushSpace("marker");
          this.channel = "text";
        }
        this.say(text.slice(at, head.end));
        return head.end;
      case "marker":
        this.flushSpace(head.takesSpace || this.afterMarker ? "marker" : this.channel);
        this.log.delta("marker", text.slice(at, head.end));
        if (head.channel) {
          this.enter(head.channel);
          this.afterCall = false;
        }
        if (head.takesSpace) this.afterMarker = true;
        if (head.tail) this.tail = head.tail;
        return head.end;
      case "body": {
        this.flushSpace(head.takesSpace || this.afterMarker ? "marker" : this.channel);
        const opener = text.slice(at, head.end);
        const start = this.log.offset;
        this.log.delta("candidate", opener);
        this.candidate = { start, opener, body: head.body, tail: head.tail, pieces: [] };
        return head.end;
      }
    }
  }

  private headAt(text: string, at: number, final: boolean): Head {
    const place = this.place(final);
    const isFound = ({ type }: Head): boolean => (type === "more" ? !final : type !== "none");
    const after = this.tail?.read(text, at, place);
    if (after && isFound(after)) return after;
    for (const { opening, starts } of this.openings) {
      const head = starts.mayBegin(text, at) ? opening.read(text, at, place) : undefined;
      if (head && isFound(head)) return head;
    }
    return { type: "none" };
  }

  private place(final: boolean): Place {
    const { channel, fresh, hasThought, thoughtOpen, intro } = this;
    return { channel, fresh, hasThought, thoughtOpen, intro, tools: this.context.tools, final };
  }

  private enter(channel: Channel): void {
    this.channel = channel;
    this.fresh = true;
    this.afterCall = false;
    this.thoughtOpen = channel === "reasoning";
    this.hasThought ||= this.thoughtOpen;
  }

  private say(text: string): void {
    this.flushSpace(this.afterMarker && !this.afterCall ? "marker" : this.channel);
    this.afterCall = false;
    this.log.delta(this.channel, text);
    this.intro.add(text);
    this.fresh = false;
    this.afterMarker = false;
    this.tail = undefined;
  }

  private flushSpace(type: Channel | "marker"): void {
    if (this.space.length === 0) return;
    const text = this.space.join("");
    this.space = [];
    this.log.delta(type, text);
  }

  private closeCandidate(candidate: Candidate, ending: Ending): void {
    this.candidate = undefined;
    const span = { start: candidate.start, end: this.log.offset };
    const inside = candidate.pieces.join("");
    const verdict = candidate.body.judge(inside, ending);
    if (verdict.type === "text") {
      const text = candidate.opener + inside;
      this.log.add({ type: "candidate_closed", as: this.channel, text, reason: verdict.reason, span });
      this.fresh = false;
      this.afterMarker = false;
      this.tail = undefined;
      return;
    }
    const { name, arguments: args, notation, repairs, malformed, reason } = verdict;
    const inReasoning = this.channel === "reasoning";
    this.log.add({
      type: "tool_call",
      call: { id: this.context.newId(verdict.id), name, arguments: args },
      notation,
      repairs,
      ...(malformed && { malformed }),
      inReasoning,
      reason,
      span,
    });
    this.channel = "text";
    this.fresh = true;
    this.afterMarker = true;
    this.afterCall = notation === "native";
    this.intro.clear();
    this.tail = candidate.tail;
  }
}
