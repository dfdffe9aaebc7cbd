/** Characters at the end of the text that must be periodic, and the longest period that counts: at least four rounds. */
const TAIL = 1600;
const LONGEST_PERIOD = 400;
/** Characters between two looks, so that the cost stays linear in the text. */
const STRIDE = 256;

/** Watches a text grow and tells when it goes round in circles, which small models do until their limit. */
export interface RepetitionWatch {
  /** True once the end of the text has repeated itself at least four times over 1,600 characters. */
  add(text: string): boolean;
}

/** Creates a watch for one answer. */
export function createRepetitionWatch(): RepetitionWatch {
  let tail = "";
  let unseen = 0;
  return {
    add(text) {
      tail += text;
      unseen += text.length;
      if (tail.length > 2 * TAIL) tail = tail.slice(-TAIL);
      if (unseen < STRIDE || tail.length < TAIL) return false;
      unseen = 0;
      return periodOf(tail.slice(-TAIL)) <= LONGEST_PERIOD;
    },
  };
}

/** The smallest period of a text, by the prefix function of Knuth, Morris and Pratt. */
function periodOf(text: string): number {
  const borders = new Uint16Array(text.length);
  for (let index = 1, length = 0; index < text.length; index++) {
    while (length > 0 && text.charCodeAt(index) !== text.charCodeAt(length)) length = borders[length - 1]!;
    if (text.charCodeAt(index) === text.charCodeAt(length)) length++;
    borders[index] = length;
  }
  return text.length - borders[text.length - 1]!;
}
