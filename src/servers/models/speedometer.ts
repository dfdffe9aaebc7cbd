/** How far a download is, how fast, and for how long still. */
export interface SpeedReading {
  readonly bytes: number;
  readonly bytesPerSecond: number;
  readonly secondsLeft: number;
}

/** Turns a count of bytes into readings, not more often than every `interval` milliseconds, speed averaged since the start. */
export class Speedometer {
  private readonly start: number;
  private readonly total: number;
  private readonly interval: number;
  private began: number | undefined;
  private last = 0;

  constructor(start: number, total: number, interval: number) {
    this.start = start;
    this.total = total;
    this.interval = interval;
  }

  /** The reading at a time in milliseconds, or nothing when the last one is too fresh; the end is always read. */
  read(bytes: number, now: number): SpeedReading | undefined {
    this.began ??= now;
    if (now - this.last < this.interval && bytes < this.total) return;
    this.last = now;
    const bytesPerSecond = (bytes - this.start) / Math.max((now - this.began) / 1000, 0.001);
    return { bytes, bytesPerSecond, secondsLeft: (this.total - bytes) / bytesPerSecond };
  }
}
