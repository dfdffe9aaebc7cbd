/** How many times as many examples each law tries; the environment's `HALTER_DRAWS`. */
const factor = process.env.HALTER_DRAWS ? Number(process.env.HALTER_DRAWS) : undefined;

/** Time for laws that are tried on every family, in milliseconds. */
export const LONG = 120_000 * (factor ?? 1);

/**
 * fast-check's settings of a law that tries `count` examples: the same ones in every run, so that a red law speaks of the
 * change at hand. Under `HALTER_DRAWS` it tries that many times as many, others in every run.
 */
export const draws = (count = 100) =>
  factor === undefined ? { numRuns: count, seed: 20_261 } : { numRuns: count * factor };
