import type { Command } from "commander";
import type { Settings } from "./settings.ts";

/** Adds one command to the program; `exit` sets the status the process will end with. */
export type DefineCommand = (program: Command, settings: Settings, exit: (status: number) => void) => void;
