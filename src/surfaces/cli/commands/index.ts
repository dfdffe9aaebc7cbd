import type { DefineCommand } from "../define-command.ts";
import { defineDemo } from "./demo.ts";
import { defineDoctor } from "./doctor.ts";
import { defineModels } from "./models.ts";
import { defineParse } from "./parse.ts";
import { defineResume } from "./resume.ts";
import { defineRules } from "./rules.ts";
import { defineRun } from "./run.ts";
import { defineTemplate } from "./template.ts";
import { defineThreads } from "./threads.ts";

/** All commands in the order of the help. What a command needs is imported when it runs. */
export const commands: readonly DefineCommand[] = [
  defineRun,
  defineResume,
  defineThreads,
  defineDemo,
  defineDoctor,
  defineModels,
  defineParse,
  defineTemplate,
  defineRules,
];
