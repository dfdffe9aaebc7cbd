import type { Rule } from "../rule.ts";
import { X01 } from "./X01.ts";
import { X02 } from "./X02.ts";
import { X03 } from "./X03.ts";
import { X04 } from "./X04.ts";
import { X05 } from "./X05.ts";
import { X06 } from "./X06.ts";
import { X07 } from "./X07.ts";
import { X08 } from "./X08.ts";
import { X09 } from "./X09.ts";
import { X10 } from "./X10.ts";
import { X11 } from "./X11.ts";
import { X12 } from "./X12.ts";

/** Security: of the template, and of texts inside its prompts. */
export const rules: readonly Rule[] = [X01, X02, X03, X04, X05, X06, X07, X08, X09, X10, X11, X12];
