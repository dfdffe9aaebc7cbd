import type { ServerFlags } from "../run-flags.ts";

/** Flags of the demo: a server of one's own, and the sampling for those who want another run. */
export interface DemoFlags extends ServerFlags {
  readonly temp: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly replay?: boolean;
}
