// A llama-server of ours: takes its flags and answers as the loopback server does, with its model's name and process.
// Where the model is called "crash" it is killed in the middle of its first answer.
import { startLoopback } from "./loopback.ts";

const argument = (flag: string): string | undefined => process.argv[process.argv.indexOf(flag) + 1];
if (process.argv.includes("--port")) {
  const model = argument("--alias")!;
  await startLoopback({
    port: Number(argument("--port")),
    model,
    answers: (_, number) => {
      if (model !== "crash") return { text: `Answer ${number} of ${process.pid}.` };
      process.stderr.write(`request ${number} begins\n`);
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
      return { text: "Half an", hang: true };
    },
  });
}
