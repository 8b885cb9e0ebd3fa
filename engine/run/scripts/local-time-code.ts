/**
 * The code that makes local time in a fresh interpreter that of a time zone, where it would be the machine's: what `Date` makes of parts and of
 * texts without an offset, and every method that reads, sets or writes local time. A time that clocks show twice is its first, one that they leave
 * out is as much later as they are put forward, as in JavaScript and in filters.
 *
 * It gives a function of the interpreter's `Date`, of `stretchesIn(year)`: `[from, offset, …]` in milliseconds as JSON, for years of 365 days since
 * 1970, and of `inWords(kind, moment, [locales, options] as JSON)`, which writes a date as a language does. Scripts may be stopped anywhere within, so no two steps depend on each other from one call to the next.
 */
export const localTimeCode = `(function (RealDate, stretchesIn, inWords) {
  'use strict';
  const apply = Reflect.apply, construct = Reflect.construct, define = Object.defineProperty, parse = JSON.parse, stringify = JSON.stringify, trunc = Math.trunc, floor = Math.floor;
  const proto = RealDate.prototype, { getTime, setTime } = proto, nativeParse = RealDate.parse, UTC = RealDate.UTC;
  const test = RegExp.prototype.test, replace = String.prototype.replace, padStart = String.prototype.padStart, charCodeAt = String.prototype.charCodeAt;
  const toText = String, toNumber = Number;
  const day = 86400000, year = 365 * day;
  // No zone had changed its clocks before; from the other on, the calendar and with it all changes repeat every 400 years.
  const earliest = UTC(1600, 0, 1), repeats = UTC(2400, 0, 1), cycle = 146097 * day;
  const years = new Map();
  let current = { at: NaN, stretches: [] };
  const offsetAt = (given) => {
    if (given !== given) return 0;
    const moment = given < earliest ? earliest : given < repeats ? given : repeats + (given - repeats) % cycle;
    const at = floor(moment / year);
    if (current.at !== at) {
      let known = years.get(at);
      if (!known) years.set(at, (known = { at, stretches: parse(stretchesIn(at)) }));
      current = known;
    }
    const { stretches } = current;
    let offset = 0;
    for (let i = 0; i < stretches.length && stretches[i] <= moment; i += 2) offset = stretches[i + 1];
    return offset;
  };
  const momentAt = (wall) => {
    const before = offsetAt(wall - day);
    if (offsetAt(wall - before) === before) return wall - before;
    const after = offsetAt(wall + day);
    return offsetAt(wall - after) === after ? wall - after : wall - before;
  };

  // ---- texts
  const isDay = /^([+-]\\d{6}|\\d{4})(-\\d\\d(-\\d\\d)?)?$/, remarks = /\\([^()]*\\)/g;
  const saysZone = /:\\d\\d[^]*[+-]\\d|(^|[^a-z])(Z|GMT|UTC?|[ECMP][SD]T|WES?T|CES?T|EES?T)(?![a-z])/i;
  const isLocal = /^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?$/;
  const momentOf = (text) => {
    const isUtc = apply(charCodeAt, text, [text.length - 1]) === 90;
    // The most frequent ones are read once.
    if (!isUtc && apply(test, isLocal, [text])) return momentAt(apply(nativeParse, RealDate, [text + 'Z']));
    const moment = apply(nativeParse, RealDate, [text]);
    if (isUtc || moment !== moment || apply(test, isDay, [text]) || apply(test, saysZone, [apply(replace, text, [remarks, ''])])) return moment;
    const close = apply(nativeParse, RealDate, [text + 'Z']);
    const wall = close === close ? close : apply(nativeParse, RealDate, [text + ' Z']);
    return wall === wall ? momentAt(wall) : moment;
  };

  // ---- what is asked of a date
  const shown = new RealDate(0);
  const local = (moment) => { apply(setTime, shown, [moment + offsetAt(moment)]); return shown; };
  const methods = {};
  for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    const get = proto['getUTC' + part];
    methods['get' + part] = { f() { return apply(get, local(apply(getTime, this, [])), []); } }.f;
  }
  for (const part of ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    const set = proto['setUTC' + part];
    methods['set' + part] = { f(...values) {
      const moment = apply(getTime, this, []);
      // Values may be objects whose code asks other dates: this one is nobody else's.
      const wall = apply(set, construct(RealDate, [moment !== moment && part === 'FullYear' ? 0 : moment + offsetAt(moment)]), values);
      return apply(setTime, this, [momentAt(wall)]);
    } }.f;
  }
  const { getFullYear, setFullYear } = methods;
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const digits = (number, count) => (number < 0 ? '-' : '') + apply(padStart, toText(number < 0 ? -number : number), [count, '0']);
  const { getUTCFullYear, getUTCMonth, getUTCDate, getUTCDay, getUTCHours, getUTCMinutes, getUTCSeconds } = proto;
  const partOf = (get) => apply(get, shown, []);
  const clock = (hours) => digits(hours, 2) + ':' + digits(partOf(getUTCMinutes), 2) + ':' + digits(partOf(getUTCSeconds), 2);
  const dayText = () => days[partOf(getUTCDay)] + ' ' + months[partOf(getUTCMonth)] + ' ' + digits(partOf(getUTCDate), 2) + ' ' + digits(partOf(getUTCFullYear), 4);
  const timeText = (moment) => {
    const ahead = offsetAt(moment), minutes = trunc((ahead < 0 ? -ahead : ahead) / 60000);
    return clock(partOf(getUTCHours)) + ' GMT' + (ahead < 0 ? '-' : '+') + digits(trunc(minutes / 60), 2) + digits(minutes % 60, 2);
  };
  const localDay = () => digits(partOf(getUTCMonth) + 1, 2) + '/' + digits(partOf(getUTCDate), 2) + '/' + digits(partOf(getUTCFullYear), 4);
  const localTime = () => { const hours = partOf(getUTCHours); return clock(hours % 12 || 12) + (hours < 12 ? ' AM' : ' PM'); };
  const text = (write) => ({ f() {
    const moment = apply(getTime, this, []);
    if (moment !== moment) return 'Invalid Date';
    local(moment);
    return write(moment);
  } }).f;
  methods.toString = text((moment) => dayText() + ' ' + timeText(moment));
  methods.toDateString = text(dayText);
  methods.toTimeString = text(timeText);
  const localText = (kind, write) => ({ f(locales, options) {
    const moment = apply(getTime, this, []);
    if (moment !== moment) return 'Invalid Date';
    if (locales !== undefined || options !== undefined) return inWords(kind, moment, stringify([locales ?? null, options ?? null]));
    local(moment);
    return write();
  } }).f;
  methods.toLocaleString = localText(0, () => localDay() + ', ' + localTime());
  methods.toLocaleDateString = localText(1, localDay);
  methods.toLocaleTimeString = localText(2, localTime);
  methods.getTimezoneOffset = { f() { const moment = apply(getTime, this, []); return moment !== moment ? NaN : 0 - offsetAt(moment) / 60000; } }.f;
  methods.getYear = { f() { return apply(getFullYear, this, []) - 1900; } }.f;
  methods.setYear = { f(given) {
    apply(getTime, this, []);
    const number = toNumber(given), whole = trunc(number);
    return apply(setFullYear, this, [whole >= 0 && whole <= 99 ? 1900 + whole : number]);
  } }.f;
  for (const name of Object.keys(methods)) {
    define(methods[name], 'name', { value: name });
    define(methods[name], 'length', { value: proto[name].length });
    define(proto, name, { value: methods[name], writable: true, configurable: true, enumerable: false });
  }

  // ---- dates made
  const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
  const isDate = (value) => { try { apply(getTime, value, []); return true; } catch { return false; } };
  const primitive = (value) => {
    const exotic = value[Symbol.toPrimitive];
    const tries = exotic !== undefined && exotic !== null ? [[exotic, ['default']]] : [[value.valueOf, []], [value.toString, []]];
    for (const [convert, values] of tries) {
      if (typeof convert !== 'function') continue;
      const made = apply(convert, value, values);
      if (!isObject(made)) return made;
    }
    throw new TypeError('Cannot convert object to primitive value');
  };
  return {
    parse: { parse(text) { return momentOf(toText(text)); } }.parse,
    /** What \`new Date\` is given in place of these values. */
    given(values) {
      if (values.length > 1) return [momentAt(apply(UTC, RealDate, values))];
      const value = isObject(values[0]) && !isDate(values[0]) ? primitive(values[0]) : values[0];
      return [typeof value === 'string' ? momentOf(value) : value];
    },
    nowText: (now) => apply(methods.toString, construct(RealDate, [now]), []),
  };
})`;
