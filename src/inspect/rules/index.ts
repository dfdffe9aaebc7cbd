import { rules as b } from "./b/index.ts";
import { rules as e } from "./e/index.ts";
import { rules as f } from "./f/index.ts";
import { rules as g } from "./g/index.ts";
import { rules as k } from "./k/index.ts";
import { rules as p } from "./p/index.ts";
import { rules as r } from "./r/index.ts";
import type { Rule } from "./rule.ts";
import { rules as s } from "./s/index.ts";
import { rules as t } from "./t/index.ts";
import { rules as x } from "./x/index.ts";

/** All rules, in the order in which they run and are listed. */
export const templateRules: readonly Rule[] = [...p, ...f, ...t, ...s, ...r, ...k, ...b, ...e, ...g, ...x];
