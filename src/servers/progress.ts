import type { SourceType } from "./models/catalog-schema.ts";

/** What happens while an engine or a model is made ready, for a surface to show; sizes are bytes, speeds bytes per second. */
export type ServerProgress =
  /** The engine is being installed into `path`. */
  | { readonly type: "install"; readonly what: string; readonly path: string }
  /** A model is about to be fetched: `have` bytes of `total` are there from an earlier try. */
  | {
      readonly type: "download.started";
      readonly model: string;
      readonly path: string;
      readonly have: number;
      readonly total: number;
      readonly source: SourceType;
    }
  | {
      readonly type: "download";
      readonly model: string;
      readonly bytes: number;
      readonly total: number;
      readonly bytesPerSecond: number;
      readonly secondsLeft: number;
      readonly source: SourceType;
    }
  /** A source failed for the reason in `text`; `next` is tried now, where there is one. */
  | {
      readonly type: "source.failed";
      readonly model: string;
      readonly source: SourceType;
      readonly text: string;
      readonly next?: SourceType;
    }
  | { readonly type: "verify"; readonly model: string; readonly bytes: number; readonly total: number }
  /** Another process holds the lock on `what`. */
  | { readonly type: "waiting"; readonly what: string }
  /** The engine, named by its title, reads the model; comes about once a second. */
  | { readonly type: "load"; readonly model: string; readonly engine: string; readonly seconds: number }
  /** The engine answers; `shared` where it was running already. */
  | { readonly type: "ready"; readonly baseUrl: string; readonly seconds: number; readonly shared: boolean };
