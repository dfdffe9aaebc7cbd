// What a streamed token costs in CPU time, beside a bare curl that reads the same stream.
// usage: stream.ts [--tokens N] [--runs N]
import path from "node:path";
import { parseArgs } from "node:util";
import { halterEnvironment, halterProgram } from "./support/halter.ts";
import { hay, startLoopback } from "./support/loopback.ts";
import { measureCpu } from "./support/measure.ts";
import { median, tableLines } from "./support/table.ts";
import { removeFolder, temporaryFolder } from "./support/workplace.ts";

const { values } = parseArgs({
  options: { tokens: { type: "string", default: "5000" }, runs: { type: "string", default: "3" } },
});
const tokens = Number(values.tokens);
const program = halterProgram(true);
const place = await temporaryFolder();
const server = await startLoopback({ answer: () => hay(tokens), everyMs: 1 });
const environment = halterEnvironment(path.join(place, "state"));

/** `short` is the cost of an answer of one token: start and end of the program. */
interface Reader {
  readonly name: string;
  readonly read: () => Promise<number>;
  readonly short: number[];
  readonly long: number[];
}

const readers: Reader[] = [
  { name: "halter run", read: readWithHalter, short: [], long: [] },
  { name: "curl", read: readWithCurl, short: [], long: [] },
];

try {
  await readWithHalter();
  for (let run = 0; run < Number(values.runs); run++) {
    for (const reader of readers) {
      server.answer = () => hay(1);
      reader.short.push(await reader.read());
      server.answer = () => hay(tokens);
      reader.long.push(await reader.read());
    }
  }
} finally {
  await server.close();
  await removeFolder(place);
}

const perToken = (reader: Reader) => ((median(reader.long) - median(reader.short)) / tokens) * 1000;
console.log(`${tokens} tokens, one a millisecond, ${program.name}, median of ${values.runs}`);
const lines = tableLines(
  [
    { title: "", value: (reader) => reader.name },
    { title: "CPU ms, 1 token", value: (reader) => Math.round(median(reader.short)) },
    { title: `CPU ms, ${tokens} tokens`, value: (reader) => Math.round(median(reader.long)) },
    { title: "µs a token", value: (reader) => Math.round(perToken(reader)) },
    { title: "of curl", value: (reader) => `${(perToken(reader) / perToken(readers[1]!)).toFixed(1)}×` },
  ],
  readers,
);
for (const line of lines) console.log(line);

function readWithHalter(): Promise<number> {
  const args = ["run", "--json", "-C", place, "--base-url", server.baseUrl, "--max-steps", "1", "Say hay."];
  return measureCpu(process.execPath, [program.file, ...args], environment);
}

function readWithCurl(): Promise<number> {
  return measureCpu("curl", ["-sN", "-X", "POST", "-d", "{}", `${server.baseUrl}/completion`], environment);
}
