import { pythonFilters } from "./filters/index.ts";
import type { RefusedNode } from "./refused.ts";
import { pythonTests } from "./tests.ts";
import type { Visit } from "./walk.ts";

/** What Jinja2's compiler refuses because of a name that it does not know (`_filter_test_common`). */
export const UNKNOWN_NAMES: readonly RefusedNode[] = [
  {
    what: "a filter that Jinja2 does not have",
    is: (visit) => visit.node.type === "filter" && !isFilter(visit.node.name) && !isSoft(visit),
  },
  {
    what: "a test that Jinja2 does not have",
    is: (visit) => visit.node.type === "test" && !pythonTests.has(visit.node.name) && !isSoft(visit),
  },
];

/** Filters that Jinja2 has and we have not: they compile, and fail where they are reached. */
const LEFT_OUT: ReadonlySet<string> = new Set(["pprint", "random", "urlize", "wordwrap"]);

function isFilter(name: string): boolean {
  return pythonFilters.has(name) || LEFT_OUT.has(name);
}

/**
 * Inside an `if`, statement or expression, a name is looked up when it is reached, so that a template can ask `is filter` first; but
 * not inside of a loop, macro or block that begins there.
 */
function isSoft(visit: Visit): boolean {
  for (let at = visit; at.parent; at = at.parent) {
    const { node } = at.parent;
    if (node.type === "if" || node.type === "conditional") return true;
    if (opensFrame(at, node)) return false;
  }
  return false;
}

/** Whether `around` begins a frame of its own for the part of it that `at` is. */
function opensFrame(at: Visit, around: Visit["node"]): boolean {
  switch (around.type) {
    case "for":
      return at.node !== around.iterable;
    case "call_block":
      return at.node !== around.call;
    case "with":
      return !around.values.some(({ value }) => value === at.node);
    default:
      return FRAMES.has(around.type);
  }
}

const FRAMES: ReadonlySet<string> = new Set(["macro", "filter_block", "set_block", "generation"]);
