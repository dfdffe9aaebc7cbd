import type { Rule } from "../rule.ts";
import { R01 } from "./R01.ts";
import { R02 } from "./R02.ts";
import { R03 } from "./R03.ts";
import { R04 } from "./R04.ts";
import { R05 } from "./R05.ts";
import { R06 } from "./R06.ts";
import { R09 } from "./R09.ts";

/** Reasoning. */
export const rules: readonly Rule[] = [R01, R02, R03, R04, R05, R06, R09];
