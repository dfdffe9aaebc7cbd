/** The place of an input value, as a chain up to the variable: `messages` → 2 → `content`. Template text has none. */
export interface Origin {
  /** Undefined for a variable. */
  readonly parent: Origin | undefined;
  /** The variable's name, an object's key or a list's index. */
  readonly key: string | number;
}

/** The keys of an origin from the variable on: `["messages", 2, "content"]`. */
export function originPath(origin: Origin): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Origin | undefined = origin; at; at = at.parent) path.unshift(at.key);
  return path;
}
