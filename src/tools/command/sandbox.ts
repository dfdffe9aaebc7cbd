import { existsSync } from "node:fs";
import path from "node:path";
import { isInside } from "../paths.ts";

/** Folders that are empty inside: temporary files, and the sockets of services that would act for a command. */
const EMPTY = ["/tmp", "/run", "/var/tmp"];

/** Parts of the emptied folders that hold a system's programs. */
const KEPT = ["/run/current-system", "/run/wrappers"];

interface SandboxWorld {
  readonly workspace: string;
  readonly forbidden: readonly string[];
  /** `PATH`, so that programs in an emptied folder can still be run. */
  readonly searchPath: string;
}

/**
 * Arguments of bubblewrap: everything readable, the workspace alone writable, no network, no other processes, no
 * privileges, gone with halter. `.git` is read-only, since its hooks and settings run programs outside; forbidden
 * folders are empty. A command can still talk to unix sockets that lie elsewhere than in the emptied folders, and
 * write into a `.git` further down: of a submodule, or of another repository inside the workspace.
 */
export function sandboxArguments({ workspace, forbidden, searchPath }: SandboxWorld): string[] {
  const git = path.join(workspace, ".git");
  const bind = (folder: string) => ["--ro-bind-try", folder, folder];
  return [
    ["--ro-bind", "/", "/"],
    ...EMPTY.filter((folder) => existsSync(folder)).map((folder) => ["--tmpfs", folder]),
    ["--dev", "/dev", "--proc", "/proc"],
    ...[...KEPT, ...programFolders(searchPath)].map(bind),
    ["--bind", workspace, workspace],
    ...(existsSync(git) ? [bind(git)] : []),
    ...forbidden.filter((folder) => existsSync(folder)).map((folder) => ["--tmpfs", folder, "--remount-ro", folder]),
    ["--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"],
    ["--die-with-parent", "--new-session", "--chdir", workspace, "--"],
  ].flat();
}

/** Folders of `PATH` that the emptied ones would hide; `bin` folders with what lies beside them, which they link to. */
function programFolders(searchPath: string): string[] {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder) && EMPTY.some((empty) => isInside(empty, folder)))
    .map((folder) => (/^\.?bin$/.test(path.basename(folder)) ? path.dirname(folder) : folder))
    .filter((folder) => !EMPTY.includes(folder) && existsSync(folder));
}
