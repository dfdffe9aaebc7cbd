import type { DefineCommand } from "../define-command.ts";
import { defineCheck } from "./define-check.ts";
import { defineDiff } from "./define-diff.ts";
import { defineLearn } from "./define-learn.ts";
import { defineList } from "./define-list.ts";
import { defineMatrix } from "./define-matrix.ts";
import { defineRender } from "./define-render.ts";

/** The commands of `halter template` in the order of the help; a file each, and what it needs is imported when it runs. */
export const templateCommands: readonly DefineCommand[] = [
  defineCheck,
  defineRender,
  defineDiff,
  defineMatrix,
  defineLearn,
  defineList,
];
