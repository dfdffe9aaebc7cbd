/** The links of the chain in order; what belongs to the machine around it comes last. */
export type Link = "server" | "template" | "prompt" | "inference" | "machine";

/** One finding about one link. */
export interface Check {
  readonly link: Link;
  readonly status: "pass" | "warn" | "fail";
  /** What was looked at and what it is, one line. */
  readonly text: string;
  /** The one thing to do next; absent where all is well. */
  readonly next?: string;
}

export function pass(link: Link, text: string): Check {
  return { link, status: "pass", text };
}

export function warn(link: Link, text: string, next: string): Check {
  return { link, status: "warn", text, next };
}

export function fail(link: Link, text: string, next: string): Check {
  return { link, status: "fail", text, next };
}
