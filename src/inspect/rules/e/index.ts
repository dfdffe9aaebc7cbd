import type { Rule } from "../rule.ts";
import { E01 } from "./E01.ts";
import { E02 } from "./E02.ts";
import { E03 } from "./E03.ts";
import { E04 } from "./E04.ts";
import { E05 } from "./E05.ts";
import { E06 } from "./E06.ts";
import { E07 } from "./E07.ts";

/** Our render, the server's and other engines'. */
export const rules: readonly Rule[] = [E01, E02, E03, E04, E05, E06, E07];
