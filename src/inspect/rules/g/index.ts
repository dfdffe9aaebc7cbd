import type { Rule } from "../rule.ts";
import { G01 } from "./G01.ts";
import { G02 } from "./G02.ts";
import { G03 } from "./G03.ts";
import { G04 } from "./G04.ts";
import { G05 } from "./G05.ts";
import { G06 } from "./G06.ts";
import { G07 } from "./G07.ts";
import { G08 } from "./G08.ts";
import { G10 } from "./G10.ts";
import { G11 } from "./G11.ts";

/** Tool schemas and the grammar that the server makes of them. */
export const rules: readonly Rule[] = [G01, G02, G03, G04, G05, G06, G07, G08, G10, G11];
