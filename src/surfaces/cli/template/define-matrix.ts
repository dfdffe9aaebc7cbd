import type { DefineCommand } from "../define-command.ts";
import { addPlace, type PlaceFlags } from "./flags.ts";

const EXAMPLES = `
ok: the next prompt begins with all of this one. -19: all but 19 characters of what opened the answer, which costs nothing.
deep: earlier messages change, so that the server reads them again.

Examples:
  halter template matrix model.gguf
  halter template matrix --server http://127.0.0.1:8080 --json`;

/** `halter template matrix`: how much of each prompt a server can keep. */
export const defineMatrix: DefineCommand = (program, settings) => {
  addPlace(program.command("matrix"))
    .description("show at which steps of a session the server can keep its prompt cache, thinking on and off")
    .optionsGroup("Output:")
    .option("--json", "one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (place: string | undefined, flags: PlaceFlags & { readonly json?: boolean }) => {
      const { runMatrix } = await import("./matrix.ts");
      await runMatrix(settings, place, flags);
    });
};
