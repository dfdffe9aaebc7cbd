/** How much of what was said before a call its verdict may look at, in characters. */
const INTRO_LIMIT = 300;

/** How many pieces are kept before they are cut down to what counts. */
const PIECE_LIMIT = 2000;

/** What was said since the last call; joined only when it is asked for. */
export class Intro {
  private pieces: string[] = [];
  private last = "";

  add(text: string): void {
    this.pieces.push(text);
    this.last = (this.last + text.slice(-2)).slice(-2);
    if (this.pieces.length > PIECE_LIMIT) this.pieces = [this.text()];
  }

  clear(): void {
    this.pieces = [];
    this.last = "";
  }

  /** The end of it, at most `INTRO_LIMIT` characters. */
  text(): string {
    let length = 0;
    let first = this.pieces.length;
    while (first > 0 && length < INTRO_LIMIT) length += this.pieces[--first]!.length;
    return this.pieces.slice(first).join("").slice(-INTRO_LIMIT);
  }

  /** It ends with the opening mark of inline code. */
  endsInCode(): boolean {
    return this.last === "`" || /[^`]`$/.test(this.last);
  }
}
