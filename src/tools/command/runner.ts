import path from "node:path";
import { HalterError, type RunCommand } from "../../types/index.ts";
import { commandEnvironment, type Environment } from "./environment.ts";
import { isAllowed } from "./prefixes.ts";
import { runProcess } from "./process.ts";
import { sandboxArguments } from "./sandbox.ts";
import { type Trial, tryProgram } from "./trial.ts";

export interface CommandRunnerOptions {
  /** Absolute, links resolved. */
  readonly workspace: string;
  /** `auto`: bubblewrap where it works, else only allowed prefixes. `required`: bubblewrap or nothing. `off`: no limits. */
  readonly sandbox: "auto" | "required" | "off";
  /** Beginnings of commands that may run without a sandbox, e.g. `npm test`. */
  readonly allowedPrefixes: readonly string[];
  readonly env: Environment;
  /** Absolute folders that are empty inside the sandbox. */
  readonly forbidden: readonly string[];
}

/** Runs commands, and says how they are kept in bounds. */
export interface CommandRunner {
  readonly run: RunCommand;
  readonly description: {
    readonly type: "bubblewrap" | "none";
    readonly reason: string;
    /** A command that would bring a sandbox. */
    readonly installHint?: string;
  };
}

const INSTALL = "sudo apt-get install bubblewrap";

/** Finds out by one trial run whether there is a sandbox. Throws `not_supported` when it is required and there is none. */
export async function createCommandRunner(options: CommandRunnerOptions): Promise<CommandRunner> {
  if (options.sandbox === "off") {
    return { run: unsandboxed(options), description: { type: "none", reason: "the sandbox was switched off" } };
  }
  const trial = await tryProgram("bwrap", bubblewrapArguments(options), commandEnvironment(options.env, true));
  if (trial.type === "works") {
    const reason = "the workspace alone is writable, the network is off";
    return { run: sandboxed(options), description: { type: "bubblewrap", reason } };
  }
  const { reason, installHint } = noSandbox(trial);
  if (options.sandbox === "required") {
    throw new HalterError("not_supported", `no sandbox: ${reason}`, { hint: installHint ?? "Run without a sandbox." });
  }
  return {
    run: onlyAllowed(options, reason, installHint),
    description: { type: "none", reason, ...(installHint && { installHint }) },
  };
}

function noSandbox(trial: Exclude<Trial, { type: "works" }>): { reason: string; installHint?: string } {
  if (trial.type === "missing") return { reason: "bubblewrap is not installed", installHint: INSTALL };
  return { reason: `bubblewrap does not work here: ${trial.text}` };
}

function bubblewrapArguments({ workspace, forbidden, env }: CommandRunnerOptions): string[] {
  return sandboxArguments({ workspace, forbidden, searchPath: env.PATH ?? "" });
}

function sandboxed(options: CommandRunnerOptions): RunCommand {
  const { workspace, env } = options;
  const environment = commandEnvironment(env, true);
  return (command, commandOptions) => {
    // Made for each command, since `.git` may have come or gone.
    const before = ["bwrap", ...bubblewrapArguments(options)];
    return runProcess(command, commandOptions, { workspace, environment, before });
  };
}

function unsandboxed({ workspace, env }: CommandRunnerOptions): RunCommand {
  const environment = commandEnvironment(env, false);
  return (command, options) => runProcess(command, options, { workspace, environment, before: [] });
}

function onlyAllowed(options: CommandRunnerOptions, reason: string, installHint?: string): RunCommand {
  const run = unsandboxed(options);
  return async (command, commandOptions) => {
    if (isAllowed(command, options.allowedPrefixes, options.workspace)) return run(command, commandOptions);
    const refused = refusal(command, options.allowedPrefixes, { reason, installHint });
    return { output: "", exitCode: undefined, timedOut: false, cancelled: false, refused };
  };
}

interface NoSandbox {
  readonly reason: string;
  readonly installHint: string | undefined;
}

function refusal(command: string, prefixes: readonly string[], { reason, installHint }: NoSandbox): string {
  const allowed =
    prefixes.length > 0 ? `Allowed are, with plain arguments: ${prefixes.join(", ")}.` : "None is allowed.";
  const first = path.basename(command.trim().split(/\s+/)[0] ?? "");
  const install = installHint === undefined ? "" : `install one (${installHint}), `;
  return (
    `This command was not run: there is no sandbox (${reason}). ${allowed} ` +
    `The user can ${install}start halter with --allow '${first}', or with --no-sandbox.`
  );
}
