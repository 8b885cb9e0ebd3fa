import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { stretchesIn } from '../../model/filter/time-zone.ts';

/** Characters of languages and options of one date. */
const longest = 1000;

const kinds = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const;

/** What `localTimeCode` asks of the outside, in its order: when clocks of a zone change, and how a language writes a date, which the interpreter knows not. */
export function localTimeServices(context: QuickJSContext, timeZone: string): readonly QuickJSHandle[] {
  return [
    context.newFunction('stretchesIn', (year) => {
      const stretches = stretchesIn(timeZone, context.getNumber(year)).flatMap(({ from, offset }) => [from, offset]);
      return context.newString(JSON.stringify(stretches));
    }),
    context.newFunction('inWords', (kind, moment, how) => {
      const given = context.getString(how);
      // Nothing could stop the platform while it looks through them.
      if (given.length > longest) throw new RangeError('Too many languages or options for one date.');
      const [locales, options] = JSON.parse(given) as readonly [string | string[] | null, Intl.DateTimeFormatOptions | null];
      const asked = kinds[context.getNumber(kind)] ?? 'toLocaleString';
      // Without a language it is that of dates written without any; one that is none is an error of the script's own.
      return context.newString(new Date(context.getNumber(moment))[asked](locales ?? 'en-US', { timeZone, ...options }));
    }),
  ];
}
