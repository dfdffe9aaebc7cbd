import type { Item, ItemOf } from "../types/index.ts";
import { canonicalArguments } from "./loop-guard.ts";

/** Watches whether the steps of a turn get anywhere. */
export interface ProgressWatch {
  /**
   * Takes the finished calls of a step; returns how many steps in a row got nowhere: no file changed, and nothing came to light that was
   * not known since the last change (a read, a search, or a command's output, its numbers aside). Noting a plan is no progress.
   */
  see(items: readonly Item[]): number;
}

/** Creates a watch for one turn. */
export function createProgressWatch(): ProgressWatch {
  const known = new Set<string>();
  let idle = 0;
  const isNew = ({ call, result }: ItemOf<"tool_call">): boolean => {
    if (!TELLING.has(call.name) || !result || (result.isError && result.exitCode === undefined)) return false;
    // Times and durations differ from run to run and tell nothing.
    const outcome = result.exitCode === undefined ? "" : `${result.exitCode} ${result.text.replace(/\d+/g, "0")}`;
    const key = `${call.name} ${canonicalArguments(call.arguments)} ${outcome}`;
    const before = known.size;
    return known.add(key).size > before;
  };
  return {
    see(items) {
      const calls = items.filter((item): item is ItemOf<"tool_call"> => item.type === "tool_call");
      const changed = calls.some((item) => (item.result?.changes?.length ?? 0) > 0);
      if (changed) known.clear();
      // Every call is looked at, so that what it told is known from now on.
      const told = calls.filter(isNew).length > 0;
      idle = changed || told ? 0 : idle + 1;
      return idle;
    },
  };
}

/** Tools that bring something to light. */
const TELLING = new Set(["read", "find", "grep", "shell"]);
