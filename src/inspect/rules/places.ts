/** What stands between the first `from` and the next `to` after it; undefined where one of them is absent. */
export function between(text: string, from: string, to: string): string | undefined {
  const start = text.indexOf(from);
  if (start < 0) return undefined;
  const end = text.indexOf(to, start + from.length);
  return end < 0 ? undefined : text.slice(start + from.length, end);
}

/** Markers as chat templates write them: `<|im_start|>`, `<tool_call>`, `[INST]`, `]<]end[>[`. */
const MARKER = /<[|｜/]?[\w▁|｜/:.-]{1,40}[|｜]?>|\[\/?[A-Z_]{2,30}\]|\][<>][^[\]\s]{1,30}[<>]\[/g;

/** The markers of a text in their order. */
export function markersOf(text: string): readonly string[] {
  return [...text.matchAll(MARKER)].map(([marker]) => marker);
}

/** A text without its markers, for a look at the words that remain. */
export function withoutMarkers(text: string): string {
  return text.replace(MARKER, " ");
}
