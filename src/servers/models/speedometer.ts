/** How far a download is, how fast, and for how long still. */
export interface SpeedReading {
  readonly bytes: number;
  readonly bytesPerSecond: number;
  readonly secondsLeft: number;
}

/**
 * Turns a count of bytes into readings, not more often than every `interval` milliseconds and none before something has
 * come. Speed is averaged since the start, `now`; a reading never goes back.
 */
export class Speedometer {
  private readonly start: number;
  private readonly total: number;
  private readonly interval: number;
  private readonly began: number;
  private last: number;
  private most: number;

  constructor(start: number, total: number, interval: number, now: number) {
    this.start = start;
    this.total = total;
    this.interval = interval;
    this.began = now;
    this.last = now;
    this.most = start;
  }

  /** The reading at a time in milliseconds, or nothing when the last one is too fresh; the end is always read. */
  read(bytes: number, now: number): SpeedReading | undefined {
    if (now - this.last < this.interval && bytes < this.total) return;
    this.most = Math.max(this.most, bytes);
    if (this.most === this.start) return;
    this.last = now;
    const bytesPerSecond = (this.most - this.start) / Math.max((now - this.began) / 1000, 0.001);
    return { bytes: this.most, bytesPerSecond, secondsLeft: (this.total - this.most) / bytesPerSecond };
  }
}
