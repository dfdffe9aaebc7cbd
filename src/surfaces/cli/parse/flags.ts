/** Flags of `halter parse`. */
export interface ParseFlags {
  readonly family?: string;
  readonly families?: boolean;
  readonly template?: string;
  readonly server?: string;
  readonly tools?: string;
  readonly thinkingOpen?: boolean;
  readonly explain?: boolean;
  readonly json?: boolean;
}
