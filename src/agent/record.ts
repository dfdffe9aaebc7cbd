import type { Item, ThreadEvent } from "../types/index.ts";

/** Where items come to life: each change is announced, each lasting state is written down. */
export interface ItemRecord {
  /** All items of the thread in order of first appearance, each in its latest state. */
  readonly items: readonly Item[];
  nextId(): string;
  /** Announces an item; a call is on disk before this resolves, so that a kill while it runs leaves it known. */
  start(item: Item): Promise<void>;
  delta(itemId: string, kind: "text" | "candidate" | "output", text: string): void;
  /** Replaces the item of the same id (or adds it) and writes it down. Resolves when it is on disk. */
  write(item: Item): Promise<void>;
  /** Announces that a written item stays so; once for each id. */
  announce(item: Item): void;
  /** Writes an item down and announces that it stays so. */
  complete(item: Item): Promise<void>;
}

export interface ItemRecordOptions {
  readonly items: readonly Item[];
  readonly emit: (event: ThreadEvent) => void;
  /** Writes one state of an item to the journal. */
  readonly write: (item: Item) => Promise<void>;
}

/** Creates the record of a thread; `items` are those of an earlier run. */
export function createItemRecord(options: ItemRecordOptions): ItemRecord {
  const items: Item[] = [...options.items];
  let count = items.reduce((next, item) => Math.max(next, Number(item.id.replace(/^item_/, "")) + 1), 0);

  const put = (item: Item): void => {
    const index = items.findLastIndex((other) => other.id === item.id);
    if (index >= 0) items[index] = item;
    else items.push(item);
  };

  const write = async (item: Item): Promise<void> => {
    put(item);
    await options.write(item);
  };

  const announce = (item: Item): void => options.emit({ type: "item.completed", item });

  return {
    items,
    write,
    announce,
    nextId: () => `item_${count++}`,
    async start(item) {
      put(item);
      if (item.type === "tool_call") await options.write(item);
      options.emit({ type: "item.started", item });
    },
    delta: (itemId, kind, text) => options.emit({ type: "item.delta", itemId, kind, text }),
    async complete(item) {
      await write(item);
      announce(item);
    },
  };
}
