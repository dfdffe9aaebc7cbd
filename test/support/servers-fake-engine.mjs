// Takes llama-server's flags and answers /health; what it does instead is said by the model file's text.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const args = process.argv.slice(2);
const argument = (flag) => args[args.indexOf(flag) + 1];
if (args.includes("--version")) {
  process.stderr.write("version: 4321 (abcdef0)\n");
} else if (args.includes("--help")) {
  process.stdout.write("-m, --model FNAME\n--port PORT\n--jinja, --no-jinja\n--metrics\n");
} else {
  const behaviour = readFileSync(argument("-m")).toString("latin1");
  if (behaviour.includes("behaviour:crash")) {
    process.stderr.write("loading tensors\nerror: out of memory in tensor 17\n");
    process.exit(3);
  }
  const endless = behaviour.includes("behaviour:endless");
  if (endless) writeFileSync(`${argument("-m")}.pid`, String(process.pid));
  const loading = () => endless || performance.now() < 400;
  const server = createServer((request, response) => {
    response.writeHead(loading() ? 503 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ pid: process.pid, args, loading: loading(), path: request.url }));
  });
  server.listen(Number(argument("--port")), "127.0.0.1");
  if (behaviour.includes("behaviour:chatty")) process.stderr.write(`listening on port ${argument("--port")}\n`);
  if (behaviour.includes("behaviour:stubborn")) process.on("SIGTERM", () => {});
}
