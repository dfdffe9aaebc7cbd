import { type Cell, SETTINGS, stabilityMatrix } from "../../matrix/index.ts";
import type { Finding, Subject } from "../rule.ts";

/** `preserve` is no setting that a template has by itself; what mends a step is told with it. */
const JUDGED = SETTINGS.filter(({ name }) => name !== "preserve");
/** The shortest message that ends one of the prompts has more characters: a smaller loss is of marks alone. */
const MARKS = 36;

const known = new WeakMap<Subject, readonly Cell[]>();

/** The cells of the matrix that rules judge; made once for a template. */
function cellsOf(subject: Subject): readonly Cell[] {
  let cells = known.get(subject);
  if (!cells) {
    cells = stabilityMatrix(subject, JUDGED);
    known.set(subject, cells);
  }
  return cells;
}

/**
 * What the worst of these steps loses, with thinking on and off. Lost messages have the rule's severity; where only marks before the
 * answer are lost, which costs that answer, it is a fact. Steps that the template refuses are left to other rules.
 */
export function lossesIn(subject: Subject, ids: readonly string[]): readonly Finding[] {
  const losing = cellsOf(subject).filter(({ id, lost }) => ids.includes(id) && lost > 0);
  const deep = losing.filter(({ stability, lost }) => stability === "deep" && lost > MARKS);
  const [first] = deep;
  if (first) return [findingOf(first, deep, "messages are read again")];
  const [slight] = losing;
  return slight ? [{ ...findingOf(slight, losing, "the last answer is read again"), severity: "info" }] : [];
}

function findingOf({ id, about, setting, difference, mend }: Cell, alike: readonly Cell[], what: string): Finding {
  const steps = alike.map((cell) => `${cell.id} with thinking ${cell.setting}: ${cell.lost}`);
  const unless = mend ? `, unless ${mend.name}=${mend.value} is given` : "";
  return {
    message: `${about}: ${what}${unless} (characters lost in ${steps.join(", ")})`,
    fixture: `${id} ${setting}`,
    ...(difference && { difference }),
  };
}
