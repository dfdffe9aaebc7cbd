import type { Token } from "./tokens.ts";
import type { Visit } from "./walk.ts";

/** A construct that the language has and an engine refuses to load. */
export interface Refused {
  /** Names the construct. */
  readonly what: string;
  /** The first build of llama.cpp that is known to read it. */
  readonly until?: number;
}

/** One that can be told from a token and its neighbours. */
export interface RefusedToken extends Refused {
  readonly is: (
    token: Token,
    around: { readonly source: string; readonly before: Token; readonly after: Token },
  ) => boolean;
}

/** One that can only be seen in the tree. */
export interface RefusedNode extends Refused {
  readonly is: (visit: Visit, source: string) => boolean;
}
