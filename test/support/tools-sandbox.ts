import { spawnSync } from "node:child_process";

/** Whether bubblewrap can be run here at all. */
const trial = "bwrap --ro-bind / / --dev /dev --proc /proc --unshare-all --cap-drop ALL true";
const works = spawnSync("bash", ["-c", trial], { timeout: 10_000 }).status === 0;

/** Sandbox tests may not be left out where `HALTER_SANDBOX=required` says so; they fail there without bubblewrap. */
export const leaveOutSandbox = !works && process.env.HALTER_SANDBOX !== "required";

/** Why they are left out, for the name of the group. */
export const sandboxNote = leaveOutSandbox ? " (left out: bubblewrap does not work here)" : "";
