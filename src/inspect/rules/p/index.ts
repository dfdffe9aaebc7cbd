import type { Rule } from "../rule.ts";
import { P01 } from "./P01.ts";
import { P02 } from "./P02.ts";
import { P03 } from "./P03.ts";
import { P04 } from "./P04.ts";
import { P05 } from "./P05.ts";
import { P06 } from "./P06.ts";
import { P07 } from "./P07.ts";
import { P08 } from "./P08.ts";
import { P09 } from "./P09.ts";
import { P10 } from "./P10.ts";
import { P11 } from "./P11.ts";
import { P12 } from "./P12.ts";
import { P13 } from "./P13.ts";
import { P14 } from "./P14.ts";
import { P15 } from "./P15.ts";
import { P16 } from "./P16.ts";

/** Portability, loading, provenance. */
export const rules: readonly Rule[] = [P01, P02, P03, P04, P05, P06, P07, P08, P09, P10, P11, P12, P13, P14, P15, P16];
