import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Loopback ports for engines: below the ranges from which the usual systems hand out ports by themselves (Linux from
 * 32768, macOS and Windows from 49152), so that nothing takes the port between the look and the engine's start.
 */
const FIRST = 20_000;
const LAST = 32_767;
const TRIES = 100;

/** A port of 127.0.0.1 from `first` to `last` that nobody listens on. Throws the system's error when it finds none. */
export async function freePort(first: number = FIRST, last: number = LAST): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = randomInt(first, last + 1);
    try {
      await listenOnce(port);
      return port;
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
