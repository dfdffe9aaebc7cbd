/** How a prompt ends as regards thinking. */
export interface ThinkingProbe {
  /** True where the prompt has opened the thinking block and left it open: the answer begins inside it. */
  readonly thinkingOpen: boolean;
  /** The opener found last, where there was one. */
  readonly opener?: string;
}

/**
 * Tells from the end of a rendered prompt whether the answer begins inside a thinking block.
 * Only the generation prompt counts: an opener inside an earlier message is that message's text.
 * @param generated text of the generation prompt (`generationPrompt`)
 * @param markers the family's literal openers and closers
 */
export function probeThinking(
  generated: string,
  markers: { readonly open: readonly string[]; readonly close: readonly string[] } | undefined,
): ThinkingProbe {
  if (!markers) return { thinkingOpen: false };
  const last = (texts: readonly string[]) =>
    texts.reduce(
      (best, text) => {
        const at = generated.lastIndexOf(text);
        return at > best.at ? { at, text } : best;
      },
      { at: -1, text: "" },
    );
  const opened = last(markers.open);
  if (opened.at < 0) return { thinkingOpen: false };
  return { thinkingOpen: opened.at > last(markers.close).at, opener: opened.text };
}
