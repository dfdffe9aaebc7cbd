import type { Item, JournalRecord } from "../types/index.ts";

const INTERRUPTED =
  "The run was interrupted before this call finished. What it did until then is not known: look before you do it again.";

/**
 * The items of a thread, in the order they first appear, each as its last record says. Pure. What was still running is
 * failed, and a call without a result gets one that says so: every announced call is answered.
 */
export function recoverItems(records: readonly JournalRecord[]): Item[] {
  const items = new Map<string, Item>();
  for (const record of records) {
    if (record.type === "item") items.set(record.item.id, record.item);
  }
  return [...items.values()].map(closed);
}

function closed(item: Item): Item {
  if (item.type === "tool_call" && !item.result) {
    return { ...item, status: "failed", result: { text: INTERRUPTED, isError: true } };
  }
  return item.status === "in_progress" ? { ...item, status: "failed" } : item;
}
