import type { Command } from "commander";
import type { Settings } from "../settings.ts";
import { defineDemo } from "./demo.ts";
import { defineDoctor } from "./doctor.ts";
import { defineModels } from "./models.ts";
import { defineResume } from "./resume.ts";
import { defineRun } from "./run.ts";
import { defineThreads } from "./threads.ts";

/** Adds one command to the program; `exit` sets the status the process will end with. */
export type DefineCommand = (program: Command, settings: Settings, exit: (status: number) => void) => void;

/** All commands in the order of the help. What a command needs is imported when it runs. */
export const commands: readonly DefineCommand[] = [
  defineRun,
  defineResume,
  defineThreads,
  defineDemo,
  defineDoctor,
  defineModels,
];
