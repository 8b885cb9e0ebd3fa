/** Milliseconds. */
export const dayLength = 24 * 60 * 60 * 1000;

/**
 * No zone had changed its clocks by then. What lies before is not asked for: Date.UTC takes the years 0 to 99 for those of the last century, and Intl
 * counts backwards from the year 1.
 */
const earliest = Date.parse('1600-01-01T00:00:00Z');

/** From a moment on, in milliseconds since 1970, clocks are so much ahead of UTC. */
export interface Stretch {
  readonly from: number;
  readonly offset: number;
}

interface Zone {
  readonly parts: Intl.DateTimeFormat;
  /** By years of 365 days since 1970. */
  readonly years: Map<number, readonly Stretch[]>;
}

const zones = new Map<string, Zone | undefined>();

/** Whether a text is a time zone by its name in the IANA database, such as `Europe/Amsterdam` or `UTC`. */
export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== undefined;
}

/** How far clocks there are ahead of UTC at a moment, in milliseconds. A zone that nobody knows is UTC. */
export function offsetAt(zone: string, moment: number): number {
  const known = zone === 'UTC' ? undefined : zoneOf(zone);
  if (!known || !Number.isFinite(moment)) return 0;
  if (moment < earliest) return offsetAt(zone, earliest);
  // Cheaper to find than years of the calendar.
  const year = Math.floor(moment / (365 * dayLength));
  let offset = 0;
  for (const stretch of stretchesOnce(known, year)) {
    if (stretch.from > moment) break;
    offset = stretch.offset;
  }
  return offset;
}

/** How far clocks are ahead in a year, of those of 365 days since 1970; the first stretch begins with it. A zone that nobody knows is UTC. */
export function stretchesIn(zone: string, year: number): readonly Stretch[] {
  const known = zone === 'UTC' ? undefined : zoneOf(zone);
  return known ? stretchesOnce(known, year) : [{ from: year * 365 * dayLength, offset: 0 }];
}

function stretchesOnce(zone: Zone, year: number): readonly Stretch[] {
  const known = zone.years.get(year);
  if (known) return known;
  const stretches = stretchesOf(zone, year);
  zone.years.set(year, stretches);
  return stretches;
}

/**
 * The moment at which clocks show a time, given as if it were UTC. An hour that comes twice is its first, one that is left out is as much later as
 * clocks are put forward.
 */
export function momentAt(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - dayLength);
  if (offsetAt(zone, wall - before) === before) return wall - before;
  const after = offsetAt(zone, wall + dayLength);
  return offsetAt(zone, wall - after) === after ? wall - after : wall - before;
}

function zoneOf(name: string): Zone | undefined {
  if (zones.has(name)) return zones.get(name);
  const zone = readZone(name);
  zones.set(name, zone);
  return zone;
}

function readZone(timeZone: string): Zone | undefined {
  // `+02:00` is none that a summer has.
  if (!/^[A-Za-z]/.test(timeZone)) return undefined;
  const field = 'numeric';
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: field,
      month: field,
      day: field,
      hour: field,
      minute: field,
      second: field,
    });
    return { parts, years: new Map() };
  } catch {
    return undefined;
  }
}

/** The offsets of a year. Nowhere do two changes lie closer together than these steps. */
function stretchesOf(zone: Zone, year: number): readonly Stretch[] {
  const at = (moment: number): number => askedOffset(zone, moment);
  const end = (year + 1) * 365 * dayLength;
  let from = year * 365 * dayLength;
  let offset = at(from);
  const stretches: Stretch[] = [{ from, offset }];
  while (from < end) {
    const next = Math.min(from + 7 * dayLength, end);
    const then = at(next);
    if (then !== offset) {
      let [low, high] = [from, next];
      while (high - low > 1000) {
        const middle = low + Math.floor((high - low) / 2000) * 1000;
        if (at(middle) === offset) low = middle;
        else high = middle;
      }
      stretches.push({ from: high, offset: then });
      offset = then;
    }
    from = next;
  }
  return stretches;
}

function askedOffset({ parts }: Zone, moment: number): number {
  const found: Record<string, number> = {};
  for (const { type, value } of parts.formatToParts(moment)) found[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = found;
  return Date.UTC(year, month - 1, day, hours, minute, second) - Math.floor(moment / 1000) * 1000;
}
