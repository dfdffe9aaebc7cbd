/** The parts of a point in local time that templates print; a JavaScript date object is one. */
export interface ClockReading {
  getFullYear(): number;
  /** 0 for January. */
  getMonth(): number;
  getDate(): number;
  /** 0 for Sunday. */
  getDay(): number;
  getHours(): number;
  getMinutes(): number;
  getSeconds(): number;
}

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const pad = (value: number, width = 2, fill = "0") => String(value).padStart(width, fill);
const hour12 = (now: ClockReading) => now.getHours() % 12 || 12;

/** Conversions of C's strftime in the C locale, as far as templates use them. */
const CONVERSIONS: Readonly<Record<string, (now: ClockReading) => string>> = {
  "%": () => "%",
  A: (now) => DAYS[now.getDay()]!,
  a: (now) => DAYS[now.getDay()]!.slice(0, 3),
  B: (now) => MONTHS[now.getMonth()]!,
  b: (now) => MONTHS[now.getMonth()]!.slice(0, 3),
  D: (now) => strftime(now, "%m/%d/%y"),
  d: (now) => pad(now.getDate()),
  e: (now) => pad(now.getDate(), 2, " "),
  F: (now) => strftime(now, "%Y-%m-%d"),
  H: (now) => pad(now.getHours()),
  I: (now) => pad(hour12(now)),
  M: (now) => pad(now.getMinutes()),
  m: (now) => pad(now.getMonth() + 1),
  p: (now) => (now.getHours() < 12 ? "AM" : "PM"),
  S: (now) => pad(now.getSeconds()),
  T: (now) => strftime(now, "%H:%M:%S"),
  Y: (now) => String(now.getFullYear()),
  y: (now) => pad(now.getFullYear() % 100),
};

/** Formats `now` as C's strftime does; `%-d` drops the padding, an unknown conversion stays as written. */
export function strftime(now: ClockReading, format: string): string {
  return format.replace(/%(-?)([A-Za-z%])/g, (written, bare: string, letter: string) => {
    const text = CONVERSIONS[letter]?.(now);
    if (text === undefined) return written;
    return bare ? text.replace(/^[0 ]+(?=.)/, "") : text;
  });
}
