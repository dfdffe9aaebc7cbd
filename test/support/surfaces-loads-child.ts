import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

/** Loaded before a program, it writes the addresses of all modules that the program loaded into the file `LOADS_FILE`. */
const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on("exit", () => writeFileSync(process.env.LOADS_FILE!, loaded.join("\n")));
