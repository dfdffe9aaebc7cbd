import type { Rule } from "../rule.ts";
import { B01 } from "./B01.ts";
import { B02 } from "./B02.ts";
import { B03 } from "./B03.ts";
import { B04 } from "./B04.ts";
import { B05 } from "./B05.ts";
import { B06 } from "./B06.ts";
import { B07 } from "./B07.ts";
import { B08 } from "./B08.ts";
import { B09 } from "./B09.ts";

/** Boundaries, special tokens, white space. */
export const rules: readonly Rule[] = [B01, B02, B03, B04, B05, B06, B07, B08, B09];
