import type { Item, ItemOf } from "../types/index.ts";
import { canonicalArguments } from "./loop-guard.ts";

/** Watches whether the steps of a turn get anywhere. */
export interface ProgressWatch {
  /**
   * Takes the finished calls of a step; returns how many steps in a row got nowhere: no file changed, no command ran, nothing was
   * looked at that had not been looked at before. Noting a plan is no progress.
   */
  see(items: readonly Item[]): number;
}

/** Creates a watch for one turn. */
export function createProgressWatch(): ProgressWatch {
  const looked = new Set<string>();
  let idle = 0;
  const isNew = ({ call, result }: ItemOf<"tool_call">): boolean => {
    const key = `${call.name} ${canonicalArguments(call.arguments)}`;
    const seen = looked.has(key);
    looked.add(key);
    return !seen && !result?.isError && !result?.todos && READING.has(call.name);
  };
  return {
    see(items) {
      const calls = items.filter((item): item is ItemOf<"tool_call"> => item.type === "tool_call");
      const moved = calls.filter(
        (item) => (item.result?.changes?.length ?? 0) > 0 || item.result?.exitCode !== undefined || isNew(item),
      );
      idle = moved.length > 0 ? 0 : idle + 1;
      return idle;
    },
  };
}

/** Tools that only look. */
const READING = new Set(["read", "find", "grep"]);
