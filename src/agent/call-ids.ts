import { randomInt } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Nine letters and digits: the only form of a call id that Mistral's templates accept. */
export function randomCallId(): string {
  return Array.from({ length: 9 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

/**
 * Gives the calls of a thread their ids: the one that the model wrote, where no call of the thread has it already. One that ends in a
 * counter (`functions.read:0`, which models begin anew with each answer) is counted up until it is free; any other is made.
 */
export function createCallIds(taken: Iterable<string> = []): (written?: string) => string {
  const used = new Set(taken);
  const take = (id: string): string => {
    used.add(id);
    return id;
  };
  return (written) => {
    if (written && !used.has(written)) return take(written);
    const [, stem, count] = /^(.*:)(\d{1,9})$/s.exec(written ?? "") ?? [];
    if (stem === undefined) return take(randomCallId());
    let next = Number(count);
    while (used.has(`${stem}${next}`)) next++;
    return take(`${stem}${next}`);
  };
}
