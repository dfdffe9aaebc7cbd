// A llama-server of ours: takes its flags and answers as the loopback server does, with its model's name and process.
import { startLoopback } from "./loopback.ts";

const argument = (flag: string): string | undefined => process.argv[process.argv.indexOf(flag) + 1];
if (process.argv.includes("--port")) {
  await startLoopback({
    port: Number(argument("--port")),
    model: argument("--alias")!,
    answers: (_, number) => ({ text: `Answer ${number} of ${process.pid}.` }),
  });
}
