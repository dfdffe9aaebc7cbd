/** What a supervisor is told to run; handed over in a file that it removes after reading. */
export interface SupervisorSpec {
  /** The engine's command line without `--port`, which the supervisor chooses. */
  readonly command: readonly string[];
  /** Unix socket or named pipe it listens on; each open connection is a user of the engine. */
  readonly socket: string;
  readonly logFile: string;
  /** How long the engine stays after the last connection has closed, in seconds. */
  readonly lingerSeconds: number;
}

/** What a supervisor writes to every connection, one JSON object per line: the current state at once, then each change. */
export type EngineState =
  | { readonly type: "loading"; readonly seconds: number }
  | { readonly type: "ready"; readonly baseUrl: string; readonly pid: number }
  /** The engine has ended by itself, or could not even be `started`; `lines` are the last of its log. */
  | {
      readonly type: "failed";
      readonly started: boolean;
      readonly reason: string;
      readonly lines: readonly string[];
    };
