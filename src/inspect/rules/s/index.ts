import type { Rule } from "../rule.ts";
import { S01 } from "./S01.ts";
import { S02 } from "./S02.ts";
import { S03 } from "./S03.ts";
import { S04 } from "./S04.ts";
import { S05 } from "./S05.ts";
import { S06 } from "./S06.ts";
import { S07 } from "./S07.ts";
import { S08 } from "./S08.ts";

/** Tool schemas in the prompt. */
export const rules: readonly Rule[] = [S01, S02, S03, S04, S05, S06, S07, S08];
