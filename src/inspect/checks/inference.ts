import type { Item, StopReason, Usage } from "../../types/index.ts";
import { type Check, fail, pass, warn } from "../check.ts";

export interface Trial {
  readonly items: readonly Item[];
  readonly reason: StopReason;
  readonly detail: string | undefined;
  readonly usage: Usage;
  /** Usage of the first model call. */
  readonly first: Usage | undefined;
}

/** Reads one small trial turn, in which the model was asked to read a file: is a call made, in which notation, how fast. Pure. */
export function checkTrial(trial: Trial): Check[] {
  const calls = trial.items.filter((item) => item.type === "tool_call");
  const checks: Check[] = [];
  const call = calls[0];
  if (!call) {
    const next = "try a larger model, or look at the trace of a run";
    return [fail("inference", `asked to read a file the model made no call (${trial.detail ?? trial.reason})`, next)];
  }
  const how =
    call.notation === "native" || call.notation === "server"
      ? "in its own markers"
      : `as ${call.notation} text, found and run`;
  checks.push(pass("inference", `the model calls tools ${how}`));
  const repairs = calls.flatMap((item) => item.repairs.map((repair) => repair.name));
  if (repairs.length > 0) checks.push(pass("inference", `repaired on the way: ${[...new Set(repairs)].join(", ")}`));
  const failed = calls.find((item) => item.result?.isError);
  if (failed)
    checks.push(warn("inference", `a call failed: ${failed.result?.text.slice(0, 120)}`, "look at the trace of a run"));
  checks.push(...checkEnd(trial));
  if (trial.first?.promptPerSecond && trial.first.outputPerSecond) {
    const { promptPerSecond, outputPerSecond } = trial.first;
    checks.push(
      pass("inference", `${Math.round(promptPerSecond)} tokens/s read, ${outputPerSecond.toFixed(1)} tokens/s written`),
    );
  }
  return checks;
}

/** A first call says little when the turn came to no good end after it. */
function checkEnd({ items, reason, detail }: Trial): Check[] {
  if (reason === "done") return [];
  const hint = items.findLast((item) => item.type === "error")?.hint;
  const next = hint ?? "look at the trace of a run";
  const text = `the trial turn did not end well: ${detail ?? reason}`;
  return [reason === "failed" ? fail("inference", text, next) : warn("inference", text, next)];
}
