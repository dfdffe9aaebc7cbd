import type { EngineMode, Runtime } from "./runtime.ts";
import { SPACE } from "./tokens.ts";

/**
 * In what the two engines differ, as data. `llama.cpp` is its `common/jinja` (value.cpp, runtime.cpp, string.cpp) at the builds of
 * summer 2026; `transformers` is Jinja2 3.1.6 in transformers' immutable sandbox. What a filter, test or method does beyond these is in
 * the tables of `llama/`, which that engine keeps by the type of the value.
 */
export interface Quirks {
  /** What a string's length and its indexes count. llama.cpp: bytes of UTF-8 (`string::length`). */
  readonly textUnit: "code point" | "byte";
  /** `'abc'[-1]` counts from the end; llama.cpp gives nothing (`member_expression`). */
  readonly negativeTextIndex: boolean;
  /** Letters that `upper`, `lower`, `title` know; llama.cpp uses C's `toupper` in the C locale. */
  readonly letters: "unicode" | "ascii";
  /** What `trim` takes away without an argument; C's `isspace`, or Python's `str.isspace`. */
  readonly space: RegExp;
  /** What loops, `list` and their like take apart; llama.cpp takes no strings (`for_statement`). */
  readonly textHasItems: boolean;
  /** How `{{ x }}` writes containers and none: as Python's `str`, or only the strings, numbers and booleans in lists
   * (`gather_string_parts_recursive`), nothing for none and objects. */
  readonly printing: "python" | "pieces";
  /** How `str` and `~` write containers: as Python's `repr`, or all lists and objects alike, strings with an apostrophe as JSON
   * (`value_to_string_repr`). */
  readonly repr: "python" | "plain";
  /** Undefined and functions have no text (`as_string`). */
  readonly refusesTextOfNothing: boolean;
  /** `tojson` writes any list as an array, `null` for what JSON has no form for, and keys as `str` does (`value_to_json_internal`). */
  readonly looseJson: boolean;
  /** How long an integer can be; longer ones of the input become floats in llama.cpp, and calculated ones wrap around. */
  readonly integers: "any length" | "64 bits";
  /** The longest `range`: what Jinja2's sandbox allows. */
  readonly longestRange: number;
  /** `raise_exception` takes strings only. */
  readonly raisesOnlyText: boolean;
  /** What the filters of a `filter` block give must be a string; Jinja2 joins it with the rest. */
  readonly blockFilterGivesText: boolean;
  /** How floats are written: Python's `repr`, or C's `%f` and `%g` (`value_float_t::as_string`, `operator<<`). */
  readonly floats: "python" | "c";
  /** An attribute or item of undefined is undefined again, instead of an error. */
  readonly undefinedHasAttributes: boolean;
  /** Lists and mappings can be changed by their methods; Jinja2's immutable sandbox refuses. */
  readonly mutable: boolean;
  /** All rounds of a loop share one scope: what a round sets, the next one sees (`for_statement`). */
  readonly roundsShareScope: boolean;
  /** The lexer loses the first character before a block (`lostStart`). */
  readonly losesStart: boolean;
  /** `~` binds as loosely as `+`: `1 + 2 ~ 'x'` is `(1 + 2) ~ 'x'` (`parse_additive_expression`). */
  readonly joinsAsSums: boolean;
  /** A loop's own `if` is asked of all items before the first round (`for_statement`). */
  readonly eagerLoopTest: boolean;
  /** `for k, v in mapping` walks over pairs; Jinja2 takes the keys apart (`for_statement`). */
  readonly pairsOfMappings: boolean;
  /** `break` and `continue` drop what the `if` around them had written (`if_statement`). */
  readonly branchDropsOutput: boolean;
  /** Bodies of `set`, `filter` and `generation` open no scope of their own (`set_statement`, `filter_statement`). */
  readonly blocksShareScope: boolean;
  /** A macro sees the variables of its caller, not those around its definition (`macro_statement`). */
  readonly macroSeesCaller: boolean;
  /** A macro's parameters beyond the number of arguments take their defaults, even those given by name (`bind_parameters`). */
  readonly countedArguments: boolean;
  /** Only lists are taken apart, and only into names: no `for a, (b, c) in …` (`for_statement`, `set_statement`). */
  readonly flatTargets: boolean;
  /** `set x.y = 1` works on mappings, input too; Jinja2 only knows namespaces (`set_statement`). */
  readonly mappingsAssignable: boolean;
  /** `a < b < c` is `(a < b) < c` (`parse_comparison_expression`). */
  readonly comparisonsNest: boolean;
  /** `loop` has no `cycle`, `changed` and `depth`, a macro no attributes (`for_statement`, `value_func_t`). */
  readonly plainObjects: boolean;
}

const QUIRKS: Readonly<Record<EngineMode, Quirks>> = {
  transformers: {
    textUnit: "code point",
    negativeTextIndex: true,
    letters: "unicode",
    space: new RegExp(`[${SPACE}]`),
    textHasItems: true,
    printing: "python",
    repr: "python",
    refusesTextOfNothing: false,
    looseJson: false,
    integers: "any length",
    longestRange: 100_000,
    raisesOnlyText: false,
    blockFilterGivesText: true,
    floats: "python",
    undefinedHasAttributes: false,
    mutable: false,
    roundsShareScope: false,
    losesStart: false,
    joinsAsSums: false,
    eagerLoopTest: false,
    pairsOfMappings: false,
    branchDropsOutput: false,
    blocksShareScope: false,
    macroSeesCaller: false,
    countedArguments: false,
    flatTargets: false,
    mappingsAssignable: false,
    comparisonsNest: false,
    plainObjects: false,
  },
  "llama.cpp": {
    textUnit: "byte",
    negativeTextIndex: false,
    letters: "ascii",
    space: /[\t-\r ]/,
    textHasItems: false,
    printing: "pieces",
    repr: "plain",
    refusesTextOfNothing: true,
    looseJson: true,
    integers: "64 bits",
    longestRange: Infinity,
    raisesOnlyText: true,
    blockFilterGivesText: false,
    floats: "c",
    undefinedHasAttributes: true,
    mutable: true,
    roundsShareScope: true,
    losesStart: true,
    joinsAsSums: true,
    eagerLoopTest: true,
    pairsOfMappings: true,
    branchDropsOutput: true,
    blocksShareScope: true,
    macroSeesCaller: true,
    countedArguments: true,
    flatTargets: true,
    mappingsAssignable: true,
    comparisonsNest: true,
    plainObjects: true,
  },
};

/** The quirks of the engine a render stands for. */
export function quirksOf(runtime: Pick<Runtime, "mode">): Quirks {
  return QUIRKS[runtime.mode];
}
