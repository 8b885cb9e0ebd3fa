/** The day on which the sample data stand still. */
export const sampleToday = '2026-11-01';

const millisecondsPerDay = 86_400_000;

/** The day so many days later (or earlier, if negative), as yyyy-mm-dd. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * millisecondsPerDay).toISOString().slice(0, 10);
}
