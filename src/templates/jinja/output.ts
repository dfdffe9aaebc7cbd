import type { Meter } from "./runtime.ts";
import { concat, runCount, type Text } from "./text.ts";

/** What a template or one of its blocks has written. */
export class Output {
  readonly texts: Text[] = [];
  #length = 0;
  readonly #check: (length: number) => void;

  /** `check` is told the length before text is added. */
  constructor(check: (length: number) => void) {
    this.#check = check;
  }

  write(text: Text): void {
    if (text.length === 0) return;
    this.#length += text.length;
    this.#check(this.#length);
    this.texts.push(text);
  }

  /** Forgets what was written after the first `count` texts. */
  cut(count: number): void {
    for (const text of this.texts.splice(count)) this.#length -= text.length;
  }

  /** All of it as one text. */
  text(meter: Meter): Text {
    meter.string(this.#length);
    meter.runs(runCount(this.texts));
    return concat(this.texts);
  }
}
