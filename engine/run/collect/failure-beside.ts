import { isObject } from './answer.ts';
import { entriesOnTheWay, plainName, wayTo } from './envelopes.ts';

/** What APIs call an error beside a list; `message` and its like are no such name there, since good answers have them too. */
const errorNames: ReadonlySet<string> = new Set([
  'error',
  'errors',
  'errorcode',
  'errormessage',
  'errormsg',
  'errordescription',
  'errordetail',
  'errordetails',
  'errorlist',
  'errorcount',
  'exception',
  'exceptions',
  'exceptionmessage',
  'fault',
  'faults',
  'faultcode',
  'faultstring',
  'haserror',
  'haserrors',
]);

/** What says, where it is true, that the list is a part. */
const partNames: ReadonlySet<string> = new Set([
  'incomplete',
  'incompleteresults',
  'ispartial',
  'partial',
  'partialresult',
  'partialresults',
  'timedout',
  'truncated',
]);

/** Values of an error's property that say there is none. */
const noError = /^(?:0+|200|-|ok|okay|none|null|false|no[ _-]?error|success|successful)?$/i;

/**
 * The property beside a list by which an answer says that something went wrong, or that the list is a part; undefined for a list that is only a list. An
 * answer with a good status that has some rows and an error is how several servers answer as one when not all of them could.
 */
export function failureBeside(body: unknown, outputField: string | undefined): string | undefined {
  for (const { value } of wayTo(body, outputField)) {
    const name = failureIn(value);
    if (name !== undefined) return name;
  }
  for (const value of entriesOnTheWay(body, outputField)) {
    const name = failureIn(value);
    if (name !== undefined) return name;
  }
  return undefined;
}

function failureIn(value: Readonly<Record<string, unknown>>): string | undefined {
  for (const name in value) if (tellsFailure(plainName(name), value[name])) return name;
  return undefined;
}

function tellsFailure(name: string, value: unknown): boolean {
  return (
    flagOfFailure(name, value) ??
    ((errorNames.has(name) && isSomething(value)) || (partNames.has(name) && (value === true || value === 'true')))
  );
}

/** Whether a property by which answers say how they went says that it went wrong; undefined for any other. `name` is plain. */
export function flagOfFailure(name: string, value: unknown): boolean | undefined {
  const isFailure = (number: number): boolean => number >= 400 && number <= 599;
  switch (name) {
    case 'success':
    case 'succeeded':
    case 'ok':
      return value === false || value === 'false';
    case 'status':
      return (typeof value === 'number' && isFailure(value)) || (typeof value === 'string' && /^(?:err|fail|fault)/i.test(value));
    case 'statuscode':
      return isFailure(Number(value));
    default:
      return undefined;
  }
}

function isSomething(value: unknown): boolean {
  if (typeof value === 'string') return !noError.test(value.trim());
  if (typeof value === 'number') return value !== 0 && value !== 200;
  if (Array.isArray(value)) return value.length > 0;
  return value === true || (isObject(value) && Object.keys(value).length > 0);
}
