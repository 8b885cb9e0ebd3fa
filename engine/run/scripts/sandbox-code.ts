import { builtInNames } from '../../model/script/known-names.ts';
import { localTimeCode } from './local-time-code.ts';

/**
 * The code that makes a fresh interpreter into the world of scripts. It gives an object with what the code of a stage works with, and with
 * `seal()`, after which nothing can be changed any more. It is given the moment of the run, and what `localTimeCode` is.
 *
 * - Everything that is not in `builtInNames` goes, and with it the clock, randomness and code from text.
 * - Built-ins are frozen, so that no row can change what another sees. What an object inherits from a frozen one cannot be assigned in
 *   JavaScript; where scripts do that (`error.name = …`), accessors make it work as if it were not frozen.
 */
export const sandboxCode = `(function (now, stretchesIn, inWords) {
  'use strict';
  const stringify = JSON.stringify, parse = JSON.parse, isArray = Array.isArray, RealDate = Date, RealError = Error;
  const apply = Reflect.apply, construct = Reflect.construct, define = Object.defineProperty, freeze = Object.freeze;
  const describe = Object.getOwnPropertyDescriptor, ownKeys = Reflect.ownKeys, getPrototypeOf = Object.getPrototypeOf;
  const toISOString = Date.prototype.toISOString, getTime = Date.prototype.getTime;
  const isDate = (v) => { try { apply(getTime, v, []); return true; } catch { return false; } };
  const slice = String.prototype.slice, toText = String, toNumber = Number, finite = Number.isFinite, test = RegExp.prototype.test;
  const trim = String.prototype.trim, lower = String.prototype.toLowerCase, imul = Math.imul;
  const charCodeAt = String.prototype.charCodeAt;
  const at = new Int32Array(7);

  // ---- what there is not
  const allowed = new Set(${JSON.stringify(builtInNames)});
  for (const name of ownKeys(globalThis)) if (typeof name === 'string' && !allowed.has(name) && name !== 'globalThis') delete globalThis[name];
  delete RealError.prepareStackTrace;
  delete RealError.stackTraceLimit;
  const noCode = (name) => {
    const refuse = function () { throw new TypeError('A script column cannot run text as code.'); };
    define(refuse, 'name', { value: name });
    return refuse;
  };
  for (const made of [function () {}, function* () {}, async function () {}, async function* () {}]) {
    const prototype = getPrototypeOf(made);
    const name = prototype.constructor.name;
    const refuse = noCode(name);
    define(refuse, 'prototype', { value: prototype });
    define(prototype, 'constructor', { value: refuse, configurable: true });
    if (name === 'Function') globalThis.Function = refuse;
  }

  // ---- the moment, which is that of the run, and local time, which is that of the zone
  const localTime = (${localTimeCode})(RealDate, stretchesIn, inWords);
  const SteadyDate = function Date(...parts) {
    if (!new.target) return localTime.nowText(now);
    return construct(RealDate, parts.length === 0 ? [now] : localTime.given(parts), new.target);
  };
  define(SteadyDate, 'prototype', { value: RealDate.prototype, writable: false });
  define(SteadyDate, 'length', { value: 7 });
  define(RealDate.prototype, 'constructor', { value: SteadyDate, configurable: true });
  SteadyDate.now = () => now;
  SteadyDate.parse = localTime.parse;
  SteadyDate.UTC = RealDate.UTC;
  globalThis.Date = SteadyDate;

  // ---- randomness, which is the same for the same row
  let rowText = () => '', drawn = '', random = 0;
  Math.random = () => {
    const mark = at[0] + ' ' + at[1] + ' ' + at[2];
    if (mark !== drawn) {
      drawn = mark;
      random = 0x811c9dc5 ^ at[1];
      const text = rowText();
      for (let i = 0; i < text.length; i++) random = imul(random ^ apply(charCodeAt, text, [i]), 0x01000193);
    }
    random = (random + 0x6d2b79f5) | 0;
    let t = imul(random ^ (random >>> 15), 1 | random);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  const nothing = () => undefined;
  globalThis.console = { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing, trace: nothing, table: nothing };

  // ---- values in
  const list = (text) => {
    if (typeof text !== 'string') return text;
    try { const value = parse(text); return isArray(value) ? value : text; } catch { return text; }
  };

  // ---- values out
  class Unfit extends RealError {}
  const shown = (value) => (typeof value === 'string' ? '"' + apply(slice, value, [0, 40]) + '"' : typeof value === 'object' ? 'an object' : 'a ' + typeof value);
  const unfit = (value, type) => { throw new Unfit('The value ' + shown(value) + ' is no ' + type + '.'); };
  const text = (value) => {
    switch (typeof value) {
      case 'string': return value;
      case 'number': return finite(value) ? toText(value) : null;
      case 'boolean': return value ? 'true' : 'false';
      case 'bigint': return toText(value);
      case 'undefined': return null;
      case 'object': {
        if (value === null) return null;
        if (isDate(value)) return finite(apply(getTime, value, [])) ? apply(toISOString, value, []) : null;
        if (value instanceof Promise) throw new Unfit('The script gives a promise; async code does not run in script columns.');
        return stringify(value) ?? null;
      }
      default: throw new Unfit('The script gives a ' + typeof value + ', which is no value of a column.');
    }
  };
  const any = (value) => (typeof value === 'number' ? (finite(value) ? value : null) : text(value));
  const number = (value) => {
    if (typeof value === 'number') return finite(value) ? value : null;
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    const read = typeof value === 'bigint' ? toText(value) : typeof value === 'string' ? apply(trim, value, []) : undefined;
    if (read === '') return null;
    if (read === undefined || !apply(test, /^[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?$/i, [read])) return unfit(value, 'number');
    const made = toNumber(read);
    if (!finite(made)) return unfit(value, 'number');
    // More digits than a number keeps stay as they are.
    return apply(test, /^-?\\d{16,}$/, [read]) && toText(made) !== read ? read : made;
  };
  const boolean = (value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (value === null || value === undefined || value !== value) return null;
    if (value === 1 || value === 0) return value;
    if (typeof value !== 'string') return unfit(value, 'boolean');
    switch (apply(lower, apply(trim, value, []), [])) {
      case '': return null;
      case 'true': case '1': return 1;
      case 'false': case '0': return 0;
      default: return unfit(value, 'boolean');
    }
  };
  // Of texts the outside makes days and points in time: it knows the calendar of the zone.
  const date = (value) => {
    if (value === null || value === undefined || value === '' || value !== value) return null;
    if (typeof value === 'object' && isDate(value)) {
      const time = apply(getTime, value, []);
      if (!finite(time)) return null;
      const dayOf = (moment) => {
        const text = apply(toISOString, construct(RealDate, [moment]), []);
        return text.length === 24 ? apply(slice, text, [0, 10]) : text;
      };
      // new Date('2026-01-31') is midnight in UTC, and that day in every zone.
      return time % 86400000 === 0 ? dayOf(time) : apply(toISOString, value, []);
    }
    return typeof value === 'string' ? value : unfit(value, 'date (yyyy-mm-dd)');
  };
  const datetime = (value) => {
    if (value === null || value === undefined || value === '' || value !== value) return null;
    if (typeof value === 'object' && isDate(value)) return finite(apply(getTime, value, [])) ? apply(toISOString, value, []) : null;
    return typeof value === 'string' ? value : unfit(value, 'datetime (yyyy-mm-ddThh:mm:ss)');
  };

  // ---- what went wrong, in a few words; the script itself may have thrown anything
  const outOfMemory = (error) => { try { return error instanceof RealError && error.message === 'out of memory'; } catch { return false; } };
  const why = (error) => {
    try {
      if (error instanceof Unfit) return error.message;
      if (typeof error === 'object' && error !== null && error instanceof RealError) {
        const line = /\\(script:(\\d+)/.exec(toText(error.stack))?.[1];
        return apply(slice, toText(error.name) + ': ' + toText(error.message), [0, 300]) + (line ? ' (line ' + line + ')' : '');
      }
      if (typeof error === 'symbol' || typeof error === 'function') return 'The script threw a ' + typeof error + '.';
      return 'The script threw ' + apply(slice, typeof error === 'string' ? error : typeof error === 'object' && error !== null ? stringify(error) ?? 'an object' : toText(error), [0, 300]) + '.';
    } catch {
      return 'The script threw something that cannot be shown.';
    }
  };

  // ---- frozen for good
  const ease = (prototype) => {
    for (const key of ownKeys(prototype)) {
      const { value, writable, configurable, enumerable } = describe(prototype, key);
      if (!writable || !configurable || typeof key !== 'string') continue;
      define(prototype, key, {
        get() { return value; },
        set(own) {
          if (this === prototype || this === null || typeof this !== 'object' && typeof this !== 'function') throw new TypeError(key + ' of a built-in cannot be changed.');
          define(this, key, { value: own, writable: true, enumerable: true, configurable: true });
        },
        enumerable,
        configurable: true,
      });
    }
  };
  const seen = new Set();
  const harden = (value) => {
    const open = [value];
    for (let next; open.length > 0; ) {
      next = open.pop();
      if (next === null || (typeof next !== 'object' && typeof next !== 'function') || seen.has(next) || next === globalThis) continue;
      seen.add(next);
      // A regular expression keeps its place in a property of its own: frozen, it could not be used.
      if (next instanceof RegExp) continue;
      if (!ArrayBuffer.isView(next)) freeze(next);
      open.push(getPrototypeOf(next));
      for (const key of ownKeys(next)) {
        const property = describe(next, key);
        open.push('value' in property ? property.value : property.get, property.set);
      }
    }
  };
  const builtIns = () => {
    ease(Object.prototype);
    ease(Function.prototype);
    for (const name of ownKeys(globalThis)) {
      const value = globalThis[name];
      if (typeof value === 'function' && value.prototype instanceof RealError) ease(value.prototype);
    }
    ease(RealError.prototype);
    const hidden = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), 'a'.matchAll(/a/g)];
    hidden.push(function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})());
    hidden.push([].values().map?.((x) => x), [].values().drop?.(0), getPrototypeOf(Int8Array), RegExp.prototype);
    for (const value of hidden) if (value) harden(value);
    for (const name of ownKeys(globalThis)) harden(globalThis[name]);
  };
  return {
    at, list, any, text, number, boolean, date, datetime, why, outOfMemory, stringify, parse, builtIns,
    mark(...numbers) { numbers.forEach((number, i) => { at[3 + i] = number; }); },
    rows(read) { rowText = read; },
    global(name, value) { harden(value); define(globalThis, name, { value, configurable: true, writable: false, enumerable: false }); },
    broken(name, message) { define(globalThis, name, { get() { throw new RealError(message); }, configurable: true }); },
    seal() { freeze(globalThis); },
  };
})`;
