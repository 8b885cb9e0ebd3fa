import { sql, type Sql } from './sql.ts';
import type { ValueType } from './types.ts';

/** What an argument should be; `same` means: like the first. */
export type ArgumentType = 'any' | 'text' | 'number' | 'day' | 'boolean';

/** One function of the language. What is not in the list does not exist. */
export interface FilterFunction {
  readonly name: string;
  readonly aggregate: boolean;
  /** Types of the arguments; the last one holds for all that follow. */
  readonly arguments: readonly ArgumentType[];
  readonly least: number;
  readonly most: number;
  /** The type of its value; `argument`: that of its arguments. */
  readonly result: Exclude<ValueType, 'null'> | 'argument';
  /** What it gives when an argument is null: `null` when any is, `all` when all are, `never`. */
  readonly nulls: 'any' | 'all' | 'never';
  /** Compares texts, and may do so without case: `contains(a, b) collate nocase`. */
  readonly compares?: true;
  /** How it is called, for completion and hover. */
  readonly signature: string;
  readonly doc: string;
  readonly sql: (values: readonly Sql[], types: readonly ValueType[]) => Sql;
}

/** An argument that checking has made sure of. */
function at(values: readonly Sql[], index: number): Sql {
  return values[index] ?? sql`NULL`;
}

/** Whether a multi-value has a value; null where it is none, as text that is no list. `item`: one of its values, as SQL. */
export function listContains(list: Sql, wanted: Sql, item: Sql): Sql {
  const read = sql`CASE WHEN json_valid(${list}) THEN ${list} END`;
  return sql`CASE WHEN json_type(${read}) = 'array' AND ${wanted} IS NOT NULL THEN EXISTS (SELECT 1 FROM json_each(${read}) AS "sollist:item" WHERE ${item} = ${wanted}) END`;
}

type Scalar = Omit<FilterFunction, 'aggregate' | 'sql' | 'least' | 'most' | 'nulls'> &
  Partial<Pick<FilterFunction, 'least' | 'most' | 'nulls'>>;

function scalar(about: Scalar, build: FilterFunction['sql']): FilterFunction {
  const most = about.most ?? about.arguments.length;
  return { least: most, most, nulls: 'any', ...about, aggregate: false, sql: build };
}

function rest(name: string, values: readonly Sql[]): Sql {
  const inside = values.reduce<Sql | undefined>((all, one) => (all ? sql`${all}, ${one}` : one), undefined) ?? sql``;
  return sql`${{ text: name, parameters: [] }}(${inside})`;
}

const textFunctions: readonly FilterFunction[] = [
  scalar(
    { name: 'lower', arguments: ['text'], result: 'text', signature: 'lower(text)', doc: 'The text in small letters, for all of Unicode.' },
    (v) => sql`sollist_lower(${at(v, 0)})`,
  ),
  scalar(
    {
      name: 'upper',
      arguments: ['text'],
      result: 'text',
      signature: 'upper(text)',
      doc: 'The text in capital letters, for all of Unicode.',
    },
    (v) => sql`sollist_upper(${at(v, 0)})`,
  ),
  scalar(
    {
      name: 'trim',
      arguments: ['text', 'text'],
      least: 1,
      result: 'text',
      signature: 'trim(text [, characters])',
      doc: 'The text without blanks, or the characters named, at both ends.',
    },
    (v) => rest('trim', v),
  ),
  scalar(
    {
      name: 'ltrim',
      arguments: ['text', 'text'],
      least: 1,
      result: 'text',
      signature: 'ltrim(text [, characters])',
      doc: 'The text without blanks, or the characters named, at its beginning.',
    },
    (v) => rest('ltrim', v),
  ),
  scalar(
    {
      name: 'rtrim',
      arguments: ['text', 'text'],
      least: 1,
      result: 'text',
      signature: 'rtrim(text [, characters])',
      doc: 'The text without blanks, or the characters named, at its end.',
    },
    (v) => rest('rtrim', v),
  ),
  scalar(
    { name: 'length', arguments: ['text'], result: 'number', signature: 'length(text)', doc: 'How many characters the text has.' },
    (v) => rest('length', v),
  ),
  scalar(
    {
      name: 'substr',
      arguments: ['text', 'number', 'number'],
      least: 2,
      result: 'text',
      signature: 'substr(text, start [, count])',
      doc: 'Part of the text. The first character is 1; a negative start counts from the end.',
    },
    (v) => rest('substr', v),
  ),
  scalar(
    {
      name: 'replace',
      arguments: ['text', 'text', 'text'],
      result: 'text',
      signature: 'replace(text, what, with)',
      doc: 'The text with every occurrence of one text replaced by another.',
    },
    (v) => rest('replace', v),
  ),
  scalar(
    {
      name: 'instr',
      arguments: ['text', 'text'],
      result: 'number',
      signature: 'instr(text, part)',
      doc: 'Where the part stands in the text, from 1; 0 when it does not.',
    },
    (v) => rest('instr', v),
  ),
  scalar(
    {
      name: 'contains',
      arguments: ['text', 'text'],
      result: 'boolean',
      compares: true,
      signature: 'contains(text, part)',
      doc: 'Whether the text contains the part, or the multi-value has it as one of its values.',
    },
    (v, types) =>
      types[0] === 'list'
        ? listContains(at(v, 0), at(v, 1), sql`CAST("sollist:item"."value" AS TEXT)`)
        : sql`instr(${at(v, 0)}, ${at(v, 1)}) > 0`,
  ),
  scalar(
    {
      name: 'starts_with',
      arguments: ['text', 'text'],
      result: 'boolean',
      compares: true,
      signature: 'starts_with(text, part)',
      doc: 'Whether the text begins with the part.',
    },
    (v) => sql`substr(${at(v, 0)}, 1, length(${at(v, 1)})) = ${at(v, 1)}`,
  ),
  scalar(
    {
      name: 'ends_with',
      arguments: ['text', 'text'],
      result: 'boolean',
      compares: true,
      signature: 'ends_with(text, part)',
      doc: 'Whether the text ends with the part.',
    },
    (v) =>
      sql`(length(${at(v, 0)}) >= length(${at(v, 1)}) AND substr(${at(v, 0)}, length(${at(v, 0)}) - length(${at(v, 1)}) + 1) = ${at(v, 1)})`,
  ),
];

const generalFunctions: readonly FilterFunction[] = [
  scalar(
    {
      name: 'exists',
      arguments: ['any'],
      result: 'boolean',
      nulls: 'never',
      signature: 'exists(value)',
      doc: 'Whether the value is neither null nor empty.',
    },
    (v, types) => (types[0] === 'list' ? sql`coalesce(${at(v, 0)}, '') NOT IN ('', '[]')` : sql`coalesce(${at(v, 0)}, '') <> ''`),
  ),
  scalar(
    {
      name: 'coalesce',
      arguments: ['any'],
      least: 2,
      most: 50,
      nulls: 'all',
      result: 'argument',
      signature: 'coalesce(value, other, …)',
      doc: 'The first of the values that is not null.',
    },
    (v) => rest('coalesce', v),
  ),
  scalar(
    {
      name: 'nullif',
      arguments: ['any', 'any'],
      result: 'argument',
      nulls: 'any',
      signature: 'nullif(value, other)',
      doc: 'The value, or null when it equals the other.',
    },
    // Compiled as a comparison, which knows of what types its sides are.
    (v) => at(v, 0),
  ),
  scalar({ name: 'abs', arguments: ['number'], result: 'number', signature: 'abs(number)', doc: 'The number without its sign.' }, (v) =>
    rest('abs', v),
  ),
  scalar(
    {
      name: 'round',
      arguments: ['number', 'number'],
      least: 1,
      result: 'number',
      signature: 'round(number [, digits])',
      doc: 'The number rounded, to whole ones or to so many digits.',
    },
    (v) => rest('round', v),
  ),
  scalar(
    {
      name: 'date',
      arguments: ['day'],
      result: 'date',
      signature: 'date(value)',
      doc: 'The calendar day of a point in time, or of a text in ISO 8601, in the time zone of the workspace.',
    },
    (v) => at(v, 0),
  ),
  scalar(
    { name: 'year', arguments: ['day'], result: 'number', signature: 'year(date)', doc: 'The year of a day.' },
    (v) => sql`CAST(strftime('%Y', ${at(v, 0)}) AS INTEGER)`,
  ),
  scalar(
    { name: 'month', arguments: ['day'], result: 'number', signature: 'month(date)', doc: 'The month of a day, 1 to 12.' },
    (v) => sql`CAST(strftime('%m', ${at(v, 0)}) AS INTEGER)`,
  ),
  scalar(
    { name: 'day', arguments: ['day'], result: 'number', signature: 'day(date)', doc: 'The day of the month, 1 to 31.' },
    (v) => sql`CAST(strftime('%d', ${at(v, 0)}) AS INTEGER)`,
  ),
  // Its value is a `?` that compiling puts in: the day of the run belongs to the run.
  scalar(
    {
      name: 'today',
      arguments: [],
      result: 'date',
      nulls: 'never',
      signature: 'today()',
      doc: 'The day of the run, in the time zone of the workspace. Days are added and subtracted: today() + 7.',
    },
    (v) => at(v, 0),
  ),
];

type Aggregate = Pick<FilterFunction, 'name' | 'arguments' | 'result' | 'signature' | 'doc'> & { readonly least?: number };

function aggregate(about: Aggregate): FilterFunction {
  const most = about.arguments.length;
  return { least: most, most, nulls: about.name === 'count' ? 'never' : 'all', ...about, aggregate: true, sql: (v) => rest(about.name, v) };
}

const aggregates: readonly FilterFunction[] = [
  aggregate({
    name: 'count',
    arguments: ['any'],
    result: 'number',
    signature: 'count(*) | count([distinct] value)',
    doc: 'How many rows there are, or how many values that are not null.',
  }),
  aggregate({ name: 'min', arguments: ['any'], result: 'argument', signature: 'min(value)', doc: 'The smallest value.' }),
  aggregate({ name: 'max', arguments: ['any'], result: 'argument', signature: 'max(value)', doc: 'The largest value.' }),
  aggregate({ name: 'sum', arguments: ['number'], result: 'number', signature: 'sum([distinct] number)', doc: 'The sum of the numbers.' }),
  aggregate({ name: 'avg', arguments: ['number'], result: 'number', signature: 'avg([distinct] number)', doc: 'The mean of the numbers.' }),
  aggregate({
    name: 'group_concat',
    arguments: ['any', 'text'],
    least: 1,
    result: 'text',
    signature: 'group_concat([distinct] value [, separator])',
    doc: 'All values in one text, with commas or the separator between them.',
  }),
];

/** Every function of the language but `matched(alias)`, which takes a table. */
export const filterFunctions: readonly FilterFunction[] = [...textFunctions, ...generalFunctions, ...aggregates];

const byName: ReadonlyMap<string, FilterFunction> = new Map(filterFunctions.map((one) => [one.name, one]));

export function findFunction(name: string): FilterFunction | undefined {
  return byName.get(name.toLowerCase());
}

/** What people who know another SQL look for, and what it is called here. */
export const functionsElsewhere: ReadonlyMap<string, string> = new Map([
  ['len', 'length(text)'],
  ['substring', 'substr(text, start, count)'],
  ['left', 'substr(text, 1, count)'],
  ['right', 'substr(text, -count)'],
  ['isnull', 'coalesce(value, other)'],
  ['ifnull', 'coalesce(value, other)'],
  ['nvl', 'coalesce(value, other)'],
  ['concat', 'a || b'],
  ['now', 'today()'],
  ['getdate', 'today()'],
  ['current_date', 'today()'],
  ['charindex', 'instr(text, part)'],
  ['iif', 'case when … then … else … end'],
  ['if', 'case when … then … else … end'],
  ['string_agg', 'group_concat(value, separator)'],
  ['total', 'sum(number)'],
]);
