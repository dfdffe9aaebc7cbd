/** Variables by name; `undefined` takes one away. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Nothing may wait for a person, page, colour its output or hold it back. */
const UNATTENDED: Environment = {
  CI: "1",
  TERM: "dumb",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  CLICOLOR_FORCE: undefined,
  PAGER: "cat",
  GIT_PAGER: "cat",
  MANPAGER: "cat",
  SYSTEMD_PAGER: "",
  EDITOR: "true",
  VISUAL: "true",
  GIT_EDITOR: "true",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  SSH_ASKPASS: "false",
  GIT_ASKPASS: "false",
  DEBIAN_FRONTEND: "noninteractive",
  PIP_NO_INPUT: "1",
  PYTHONUNBUFFERED: "1",
  NPM_CONFIG_YES: "true",
  NPM_CONFIG_UPDATE_NOTIFIER: "false",
  NPM_CONFIG_FUND: "false",
  NPM_CONFIG_AUDIT: "false",
  BASH_ENV: undefined,
};

/** In the sandbox the home folder is read-only, so that caches and logs go where nothing stays. */
const IN_SANDBOX: Environment = { TMPDIR: "/tmp", XDG_CACHE_HOME: "/tmp/.cache", NPM_CONFIG_LOGS_MAX: "0" };

/** The environment of a command: the user's, made fit for running unattended. */
export function commandEnvironment(base: Environment, sandboxed: boolean): Record<string, string> {
  const all = { ...withoutNpmRun(base), ...UNATTENDED, ...(sandboxed ? IN_SANDBOX : {}) };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** npm tells a script all its settings, `--silent` among them; another npm below it would take them for its own. */
function withoutNpmRun(base: Environment): Environment {
  if (base.npm_lifecycle_event === undefined) return base;
  return Object.fromEntries(Object.entries(base).filter(([name]) => !/^(npm_|INIT_CWD$)/.test(name)));
}
