import type { ComparisonOperator } from '../filter/tree.ts';

/** What a NIM function asks of its column. `proven`: whether a public export shows it; the others are spelled as the known ones are. */
export type NimFunction =
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly nocase: boolean; readonly proven: boolean }
  | { readonly kind: 'in'; readonly negated: boolean; readonly nocase: boolean; readonly proven: boolean }
  | { readonly kind: 'text'; readonly name: TextFunction; readonly negated: boolean; readonly nocase: boolean; readonly proven: boolean }
  | { readonly kind: 'exists'; readonly negated: boolean; readonly proven: boolean }
  | {
      readonly kind: 'today';
      readonly operator: ComparisonOperator;
      /** A number of days is added. */
      readonly days: boolean;
      readonly orMissing: boolean;
      readonly proven: boolean;
    };

export type TextFunction = 'contains' | 'starts_with' | 'ends_with';

const proven: ReadonlySet<string> = new Set([
  'equals',
  'equals (ci)',
  'not equals',
  'not equals (ci)',
  'exists',
  'not exists',
  'in',
  'not in',
  'greater than',
  'smaller than',
  'contains (ci)',
  'not contains (ci)',
  '<= today',
  '<= today + [days]',
  '>= today or not exists',
]);

const comparisons: readonly (readonly [string, ComparisonOperator])[] = [
  ['equals', '='],
  ['not equals', '<>'],
  ['greater than', '>'],
  ['smaller than', '<'],
  ['greater than or equals', '>='],
  ['smaller than or equals', '<='],
];

const texts: readonly (readonly [string, TextFunction])[] = [
  ['contains', 'contains'],
  ['starts with', 'starts_with'],
  ['ends with', 'ends_with'],
];

/** What a function's name means; undefined where it is not known. */
export function readFunction(name: string): NimFunction | undefined {
  const plain = name.trim().toLowerCase();
  const nocase = plain.endsWith(' (ci)') || plain.endsWith(' (case insensitive)');
  const stem = plain.replace(/ \((?:ci|case insensitive)\)$/, '');
  const known = { nocase, proven: proven.has(plain) };
  const comparison = comparisons.find(([text]) => text === stem);
  if (comparison) return { kind: 'compare', operator: comparison[1], ...known };
  const negated = stem.startsWith('not ');
  const positive = negated ? stem.slice('not '.length) : stem;
  if (positive === 'in') return { kind: 'in', negated, ...known };
  if (positive === 'exists') return { kind: 'exists', negated, proven: known.proven };
  const text = texts.find(([one]) => one === positive);
  if (text) return { kind: 'text', name: text[1], negated, ...known };
  const today = /^(<=|>=|<>|<|>|=) today( \+ \[days\])?( or not exists)?$/.exec(plain);
  if (!today) return undefined;
  const operator = today[1] as ComparisonOperator;
  return { kind: 'today', operator, days: today[2] !== undefined, orMissing: today[3] !== undefined, proven: known.proven };
}

/** The name NIM has for it; reading it gives the same back. */
export function writeFunction(one: DistributedOmit<NimFunction>): { readonly name: string; readonly proven: boolean } {
  const name = nameOf(one);
  return { name, proven: proven.has(name) };
}

type DistributedOmit<Union> = Union extends unknown ? Omit<Union, 'proven'> : never;

function nameOf(one: DistributedOmit<NimFunction>): string {
  const ci = 'nocase' in one && one.nocase ? ' (ci)' : '';
  const no = 'negated' in one && one.negated ? 'not ' : '';
  switch (one.kind) {
    case 'compare':
      return `${comparisons.find(([, operator]) => operator === one.operator)?.[0] ?? 'equals'}${ci}`;
    case 'in':
      return `${no}in${ci}`;
    case 'exists':
      return `${no}exists`;
    case 'text':
      return `${no}${texts.find(([, name]) => name === one.name)?.[0] ?? 'contains'}${ci}`;
    case 'today':
      return `${one.operator} today${one.days ? ' + [days]' : ''}${one.orMissing ? ' or not exists' : ''}`;
  }
}
