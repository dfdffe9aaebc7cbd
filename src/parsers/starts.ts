/** Tells at a glance, by the first two characters of some literals, that none of them begins at a place. */
export class Starts {
  /** What may follow each first character; undefined for anything. */
  private readonly seconds = new Map<string, Set<string> | undefined>();

  constructor(literals: readonly string[]) {
    for (const literal of literals) {
      const first = literal.charAt(0);
      const known = this.seconds.get(first);
      if (literal.length === 1) this.seconds.set(first, undefined);
      else if (known) known.add(literal.charAt(1));
      else if (!this.seconds.has(first)) this.seconds.set(first, new Set(literal.charAt(1)));
    }
  }

  /** False where no literal begins at `at`; at the end of the text one character is enough to say otherwise. */
  mayBegin(text: string, at: number): boolean {
    const first = text.charAt(at);
    const seconds = this.seconds.get(first);
    if (seconds === undefined) return this.seconds.has(first);
    return at + 1 >= text.length || seconds.has(text.charAt(at + 1));
  }
}
