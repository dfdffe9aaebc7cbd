import type { Rule } from "../rule.ts";
import { K01 } from "./K01.ts";
import { K02 } from "./K02.ts";
import { K03 } from "./K03.ts";
import { K04 } from "./K04.ts";
import { K05 } from "./K05.ts";
import { K06 } from "./K06.ts";
import { K10 } from "./K10.ts";

/** Whether a prompt goes on from the one before. */
export const rules: readonly Rule[] = [K01, K02, K03, K04, K05, K06, K10];
