import type { Rule } from "../rule.ts";
import { F01 } from "./F01.ts";
import { F02 } from "./F02.ts";
import { F03 } from "./F03.ts";
import { F04 } from "./F04.ts";
import { F05 } from "./F05.ts";
import { F06 } from "./F06.ts";
import { F07 } from "./F07.ts";
import { F08 } from "./F08.ts";
import { F09 } from "./F09.ts";
import { F10 } from "./F10.ts";
import { F11 } from "./F11.ts";
import { F12 } from "./F12.ts";
import { F13 } from "./F13.ts";
import { F14 } from "./F14.ts";
import { F15 } from "./F15.ts";
import { F16 } from "./F16.ts";
import { F17 } from "./F17.ts";
import { F18 } from "./F18.ts";
import { F19 } from "./F19.ts";

/** Fidelity of the messages' text. */
export const rules: readonly Rule[] = [
  F01,
  F02,
  F03,
  F04,
  F05,
  F06,
  F07,
  F08,
  F09,
  F10,
  F11,
  F12,
  F13,
  F14,
  F15,
  F16,
  F17,
  F18,
  F19,
];
