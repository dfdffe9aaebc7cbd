import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { faultOf, type Loss, lossesOf } from "../support/parsers-losses.ts";
import { RoundTrip } from "../support/parsers-round-trip.ts";
import { saidBy } from "../support/parsers-said.ts";
import { templateLosses } from "../support/parsers-template-losses.ts";
import { corpusTemplates, corpusTemplateText } from "../support/template-goldens.ts";

/** Templates that show calls in some way. */
const files = (corpusTemplates() ?? [])
  .map(({ file }) => file)
  .filter((file) => corpusTemplateText(file).includes("tool_calls"));

/** Messages of each template. */
const RUNS = 50;

const UNREADABLE: readonly Loss[] = ["refused", "broken"];

describe.skipIf(files.length === 0)("template and parser undo each other (needs shared/corpora)", () => {
  const trips = { whole: 0, known: 0 };

  it.each(files)("%s", async (file) => {
    const trip = await RoundTrip.of(file);
    const losses = templateLosses.get(file) ?? [];
    expect(lossesOf(trip)).toEqual(losses);
    if (losses.some((loss) => UNREADABLE.includes(loss))) return;
    fc.assert(
      fc.property(saidBy(trip, losses), (said) => {
        expect(faultOf(trip, said, losses)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
    trips[losses.length === 0 ? "whole" : "known"]++;
  });

  afterAll(() => {
    const { whole, known } = trips;
    process.stdout.write(
      `${whole + known} of ${files.length} templates round-trip: ${whole} whole, ${known} but for what they are known to lose\n`,
    );
  });
});
