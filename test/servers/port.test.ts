import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../../src/servers/supervisor/port.ts";

const taken: Server[] = [];
afterEach(() => {
  for (const server of taken.splice(0)) server.close();
});

function take(port: number): Promise<void> {
  const server = createServer();
  taken.push(server);
  return new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
}

describe("a free port", () => {
  it("can be taken, and is none that a system gives to others by itself", async () => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const port = await freePort();
      await take(port);
      expect(port).toBeGreaterThan(1023);
      expect(port).toBeLessThan(32_768);
    }
  });

  it("is not one that is taken, and there may be none", async () => {
    const port = await freePort();
    await take(port);
    await expect(freePort(port, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect([port - 1, port + 1]).toContain(await freePort(port - 1, port + 1));
  });
});
