import type { ClockReading } from "../../templates/index.ts";

/** A point of time as templates read it, to the hour. `month` is 0 for January. */
export function day(year: number, month: number, date: number, hours = 12): ClockReading {
  const weekday = new Date(Date.UTC(year, month, date)).getUTCDay();
  return {
    getFullYear: () => year,
    getMonth: () => month,
    getDate: () => date,
    getDay: () => weekday,
    getHours: () => hours,
    getMinutes: () => 0,
    getSeconds: () => 0,
  };
}

/** The day of every render that asks for no other, so that a check gives the same on every day. */
export const FIXED_DAY: ClockReading = day(2026, 0, 15);
