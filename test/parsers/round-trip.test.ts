import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { describeCorpora } from "../support/corpora.ts";
import { draws } from "../support/draws.ts";
import { faultOf, type Loss, lossesOf } from "../support/parsers-losses.ts";
import { RoundTrip } from "../support/parsers-round-trip.ts";
import { saidBy } from "../support/parsers-said.ts";
import { templateLosses } from "../support/parsers-template-losses.ts";

/** Messages of each template. */
const RUNS = 50;

const UNREADABLE: readonly Loss[] = ["refused", "broken"];

describeCorpora("template and parser undo each other", (templates) => {
  /** They show calls in some way. */
  const shown = templates.filter(({ source }) => source.includes("tool_calls"));
  const trips = { whole: 0, known: 0 };

  it.each(shown)("$file", async ({ file, source }) => {
    const trip = await RoundTrip.of(source);
    const losses = templateLosses.get(file) ?? [];
    expect(lossesOf(trip)).toEqual(losses);
    if (losses.some((loss) => UNREADABLE.includes(loss))) return;
    fc.assert(
      fc.property(saidBy(trip, losses), (said) => {
        expect(faultOf(trip, said, losses)).toBeUndefined();
      }),
      draws(RUNS),
    );
    trips[losses.length === 0 ? "whole" : "known"]++;
  });

  afterAll(() => {
    const { whole, known } = trips;
    process.stdout.write(
      `${whole + known} of ${shown.length} templates round-trip: ${whole} whole, ${known} but for what they are known to lose\n`,
    );
  });
});
