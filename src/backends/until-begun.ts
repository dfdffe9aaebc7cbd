import type { Waiting } from "./loading.ts";
import { countSlots } from "./slots.ts";
import type { Transport } from "./transport.ts";

/** A stream's headers come when a slot starts, so a request without headers for this long is in the queue. Milliseconds. */
const QUEUED_AFTER = 2_000;

/** Returns as soon as `opening` settles; yields one `waiting` delta where that takes long. Does not throw. */
export async function* untilBegun(
  opening: Promise<unknown>,
  transport: Transport,
  query: string,
  now: () => number,
): AsyncGenerator<Waiting> {
  const settled = opening.then(
    () => true,
    () => true,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, QUEUED_AFTER, false);
  });
  try {
    if (await Promise.race([settled, late])) return;
    const slots = await Promise.race([settled, countSlots(transport, query)]);
    if (typeof slots === "boolean") return;
    const detail =
      slots === undefined || slots.working < slots.total
        ? "the server has not begun yet"
        : `all ${slots.total} slots of the server are busy`;
    yield { type: "waiting", reason: "queued", detail, at: now() };
  } finally {
    clearTimeout(timer);
  }
}
