import type { Malformed, ParsedNotation, Repair, ToolSpec } from "../types/index.ts";
import type { Intro } from "./intro.ts";

export type Channel = "text" | "reasoning";

/** What a parser knows when it looks at a place in the text. */
export interface Place {
  readonly channel: Channel;
  /** Nothing visible has been said since the answer, or the last marker or call, began. */
  readonly fresh: boolean;
  /** Reasoning has been open at some time in this answer. */
  readonly hasThought: boolean;
  /** Reasoning was opened and no closer has come: a call may have ended it. */
  readonly thoughtOpen: boolean;
  /** What was said since the last call. */
  readonly intro: Intro;
  readonly tools: readonly ToolSpec[];
  /** The text ends here. */
  readonly final: boolean;
}

/** What a place in the text turns out to be. Offsets are into the text handed to `read`. */
export type Head =
  /** More text is needed to tell; only a bounded stretch may be held back like this. */
  | { readonly type: "more" }
  /** Not this opening. */
  | { readonly type: "none" }
  /** It began like an opening and is text up to `end`; no other opening lies in between. */
  | {
      readonly type: "text";
      readonly end: number;
      /** It is a marker that only calls have: reasoning ends before it, whatever it is. */
      readonly endsReasoning: boolean;
    }
  | {
      readonly type: "marker";
      readonly end: number;
      /** The channel that the text after it belongs to. */
      readonly channel?: Channel;
      /** The white space before it is part of it. */
      readonly takesSpace: boolean;
      /** What may follow it directly, in place of what may follow the call before it. */
      readonly tail?: Opening;
    }
  | {
      readonly type: "body";
      readonly end: number;
      readonly body: Body;
      readonly tail: Opening;
      readonly takesSpace: boolean;
    };

/** A way in which markup or a call may begin. */
export interface Opening {
  /** Literals it begins with; one character of them stands for all that begin with it. What follows a call is asked in any case. */
  readonly starts: readonly string[];
  read(text: string, at: number, place: Place): Head;
}

/** How a body ended: complete, at the end of the answer, or where the answer was cut off. */
export type Ending = "closed" | "open" | "cut";

/** The inside of something that may be a call, read piece by piece. */
export interface Body {
  /**
   * Reads on at `from`; returns where it stopped. Unless it is done, what lies behind `at` must be handed in again with
   * more text after it and has to be bounded. With `final` it takes everything.
   */
  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean };
  /** Judges the whole body once. */
  judge(text: string, ending: Ending): Verdict;
}

/** What a body came to. `arguments` is the JSON text of an object, or the raw text where `malformed` says so. */
export type Verdict =
  | { readonly type: "text"; readonly reason: string }
  | {
      readonly type: "call";
      /** As the model wrote it. */
      readonly id?: string;
      readonly name: string;
      readonly arguments: string;
      readonly notation: ParsedNotation;
      readonly repairs: readonly Repair[];
      readonly malformed?: Malformed;
      readonly reason: string;
    };

/** Where a call stands; given to the body that reads it. */
export interface Setting {
  readonly notation: ParsedNotation;
  readonly intro: Intro;
  readonly tools: readonly ToolSpec[];
  /** How many backticks open the code fence that the body lies in, whose closing line ends it; 0 outside of one. */
  readonly fence: number;
  /** Literals that begin or end calls like it: they tell the end of a value from a closer that is part of it. */
  readonly around: readonly string[];
  /** Those of them that end one. */
  readonly closers: readonly string[];
  /** Literals of the family that no name of a tool holds. */
  readonly breaks: readonly string[];
  /** Native, but without a marker that only calls have (a bare object, a list): it has to look like a call. */
  readonly unmarked?: boolean;
  /** The text ends here. */
  readonly final?: boolean;
}

/** A notation: says whether a call of it begins at a place. */
export interface Syntax {
  /** Literals it begins with, as those of an opening; none where it may begin with anything. */
  readonly starts: readonly string[];
  /** Literals that may follow a call of it. */
  readonly closers?: readonly string[];
  start(text: string, at: number, setting: Setting): Start;
}

/** What a notation makes of a place; `end`: where the body begins, behind what has told the tool's name. */
export type Start =
  | { readonly type: "more" }
  | { readonly type: "none" }
  | { readonly type: "body"; readonly end: number; readonly body: Body };
