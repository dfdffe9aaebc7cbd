import type { Repair, RepairName } from "../types/index.ts";
import { isBlank } from "./look.ts";

/** A place in a text that a model wrote and that is read leniently, and what had to be mended on the way there. */
export class Cursor {
  readonly repairs: Repair[] = [];
  protected at = 0;
  protected readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes behind the white space that stands here. */
  protected space(): void {
    while (this.at < this.text.length && isBlank(this.text, this.at)) this.at++;
  }

  /** Records a repair of the text from `start` to `end`. */
  protected note(name: RepairName, start: number, end: number, after: string): void {
    this.repairs.push({ name, before: this.text.slice(start, end), after, span: { start, end } });
  }
}
