import type { Item, JournalRecord } from "../types/index.ts";

const INTERRUPTED =
  "The run was interrupted before this call finished. What it did until then is not known: look before you do it again.";

/**
 * The items of a thread, in the order they first appear, each as its last record says. Pure. What was still running is
 * failed, and a call among it gets a result that says so. A call that was written down as failed without a result belongs to
 * an answer that broke off; it never ran and stays as it is.
 */
export function recoverItems(records: readonly JournalRecord[]): Item[] {
  const items = new Map<string, Item>();
  for (const record of records) {
    if (record.type === "item") items.set(record.item.id, record.item);
  }
  return [...items.values()].map(closed);
}

function closed(item: Item): Item {
  if (item.status !== "in_progress") return item;
  if (item.type !== "tool_call") return { ...item, status: "failed" };
  return { ...item, status: "failed", result: { text: INTERRUPTED, isError: true } };
}
