import { expect, it } from "vitest";
import { Speedometer } from "../../src/servers/models/speedometer.ts";

it("measures from its beginning and says nothing before an interval has passed", () => {
  const speed = new Speedometer(1_000, 11_000, 500, 100);
  expect(speed.read(2_000, 110)).toBeUndefined();
  expect(speed.read(2_000, 2_100)).toEqual({ bytes: 2_000, bytesPerSecond: 500, secondsLeft: 18 });
  expect(speed.read(3_000, 2_200)).toBeUndefined();
});

it("says nothing while nothing has come", () => {
  const speed = new Speedometer(1_000, 11_000, 500, 0);
  expect(speed.read(1_000, 5_000)).toBeUndefined();
  expect(speed.read(2_000, 8_000)).toEqual({ bytes: 2_000, bytesPerSecond: 125, secondsLeft: 72 });
});

it("never goes back, and reads the end at once", () => {
  const speed = new Speedometer(0, 10_000, 500, 0);
  expect(speed.read(6_000, 1_000)).toMatchObject({ bytes: 6_000 });
  expect(speed.read(4_000, 2_000)).toMatchObject({ bytes: 6_000, bytesPerSecond: 3_000 });
  expect(speed.read(10_000, 2_001)).toMatchObject({ bytes: 10_000, secondsLeft: 0 });
});
