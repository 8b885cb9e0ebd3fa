import { resourcesOf } from './columns.ts';
import { dotted, rowsIn } from './find-rows.ts';
import { fold, isVariableName, simpleWord, singular } from './names.ts';
import { baseAddress, newConnector, type NewConnector, type Refused } from './new-connector.ts';
import { nextFieldIn, pageRole } from './page-names.ts';
import { pagingBy, type PagingDetails, type PagingKind } from './paging.ts';
import { at, elementsOf, entriesOf, isObject } from './parsed.ts';
import { mergeAll, shapeOfValue } from './shape-of-value.ts';
import { scalar, type ObjectShape, type Shape } from './shape.ts';
import { signInBy, type AuthenticationKind } from './sign-in.ts';

export interface SampleOptions {
  /** The table the answer is of; default: what the answer calls its list, else `items`. */
  readonly table?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly authentication?: AuthenticationKind | undefined;
  /** Default: what the answer shows of its paging. */
  readonly paging?: PagingKind | undefined;
}

/** So many rows are looked at. */
const mostRows = 2000;

/** A connector with one table, from one answer of the API: columns, types, key, the place of the rows and, where it shows, the paging. */
export function fromSample(json: unknown, options: SampleOptions = {}): NewConnector | Refused {
  if (!isObject(json) && !Array.isArray(json)) {
    return refused('This is no answer with rows: it is neither an object nor a list. Give the whole JSON answer of one call.');
  }
  const answer = shapeOfValue(json);
  const rows = rowsIn(answer, options.table);
  const field = rows && dotted(rows.path);
  // One object without a list stands for the one row that was asked for.
  const alone = rows === undefined && isObject(json);
  if (rows && field === undefined) {
    return refused(`The rows stand below a name with a dot (${rows.path.join(' / ')}), which output_field cannot write.`);
  }
  const values = (alone ? [json] : elementsOf(rows ? at(json, ...rows.path) : undefined)).slice(0, mostRows);
  if (values.length === 0)
    return refused('The list of rows is empty, so nothing can be told of its columns. Give an answer with a few rows.');
  const name = simpleWord(options.table ?? (rows && rows.path.length > 0 ? (rows.path.at(-1) ?? 'items') : 'items'));
  const shape = mergeAll(values.map((value) => shapeOfValue(value)));
  const texts = shape.kind === 'scalar';
  const row: ObjectShape | undefined = texts ? oneColumn : shape.kind === 'object' ? settled(shape) : undefined;
  if (!row) return refused('The rows are neither objects nor plain values. Give an answer whose list holds objects.');
  const key = texts ? 'value' : keyOf(row, values, name);
  const { resources, columns, leftOut } = resourcesOf(row, { table: name, key });
  if (columns.length === 0) return refused('The rows have no properties. Give an answer with a few filled rows.');
  const paging = pagingOf(answer, json, options.paging);
  const baseUrl = baseAddress(options.baseUrl);
  const output = {
    ...(field !== undefined && field !== '' && { output_field: field }),
    ...(texts && { stringArrayColumnName: 'value' }),
  };
  return newConnector(
    {
      tables: [
        {
          name,
          key,
          operations: {
            [`${name}_get`]: {
              method: 'get',
              call: { mode: 'normal', path: `/${name}` },
              ...(Object.keys(output).length > 0 && { processing_options: output }),
            },
          },
          resources,
        },
      ],
      baseUrl,
      testUrl: `/${name}`,
      signIn: signInBy(options.authentication ?? 'none', { baseUrl }),
      paging: pagingBy(paging),
    },
    {
      columns: new Map([[name, columns.length]]),
      notes: [
        `The path /${name} is assumed: put in the one of the call that gave this answer.`,
        `Types are those of ${values.length === 1 ? 'the one row' : `the ${values.length} rows`} seen.${values.length < 5 ? ' More rows would show more.' : ''}`,
        ...(alone ? ['The sample is one object without a list of rows. A get operation expects a list: check path and output_field.'] : []),
        key === undefined ? 'No column is clearly the key. Name it in "key", if there is one.' : `The key is assumed to be ${key}.`,
        ...(options.paging === undefined && paging.kind !== 'none'
          ? ['The paging is read off the answer. Check the names of its query parameters.']
          : []),
      ],
      leftOut: leftOut.map((path) => ({ what: `${name}.${path}`, why: 'empty, too deep, or a second column of one name' })),
    },
  );
}

const oneColumn: ObjectShape = { kind: 'object', properties: [{ name: 'value', shape: scalar('string') }] };

function refused(message: string): Refused {
  return { kind: 'refused', message };
}

/** What was always null is a column all the same. */
function settled(row: ObjectShape): ObjectShape {
  const settle = (shape: Shape): Shape => (shape.kind === 'unknown' ? scalar('string') : shape.kind === 'object' ? settled(shape) : shape);
  return { kind: 'object', properties: row.properties.map((property) => ({ ...property, shape: settle(property.shape) })) };
}

/** The column that tells rows apart: one that is called so, and whose values are there and differ. */
function keyOf(row: ObjectShape, values: readonly unknown[], table: string): string | undefined {
  const own = fold(singular(table));
  const likely = [
    (name: string) => name === 'id',
    (name: string) => name === `${own}id`,
    (name: string) => ['uuid', 'guid', 'key', 'uid'].includes(name),
    (name: string) => name.endsWith('id'),
    (name: string) =>
      ['code', 'number', 'externalid', 'username', 'login', 'email', `${own}number`, `${own}code`, `${own}name`].includes(name),
  ];
  const candidates = row.properties.filter(
    ({ name, shape }) =>
      shape.kind === 'scalar' && (shape.type === 'string' || shape.type === 'number') && isVariableName(name) && differ(name),
  );
  function differ(name: string): boolean {
    const seen = values.map((value) => at(value, name));
    return seen.every((value) => value !== undefined && value !== null && value !== '') && new Set(seen).size === seen.length;
  }
  for (const test of likely) {
    const found = candidates.find(({ name }) => test(fold(name)));
    if (found) return found.name;
  }
  return undefined;
}

function pagingOf(answer: Shape, json: unknown, wanted: PagingKind | undefined): PagingDetails {
  const seen = pagingSeen(answer, json);
  if (wanted === undefined) return seen ?? { kind: 'none' };
  return seen?.kind === wanted ? seen : { kind: wanted };
}

/** What an answer shows of its paging: the field of the next page, or the numbers beside its rows. */
function pagingSeen(answer: Shape, json: unknown): PagingDetails | undefined {
  const next = nextFieldIn(answer);
  const field = next && dotted(next.path);
  if (next && field !== undefined) {
    const address = /^(?:https?:\/)?\//i.test(String(at(json, ...next.path)));
    return address ? { kind: 'url', field, size: null } : { kind: 'token', field };
  }
  const names = new Map<string, string>();
  for (const [name, value] of [
    ...entriesOf(json),
    ...['meta', 'metadata', 'pagination', 'paging', 'page'].flatMap((group) => entriesOf(at(json, group))),
  ]) {
    // A count of an answer is the number of rows, not a page size.
    const role = typeof value === 'number' && fold(name) !== 'count' ? pageRole(name) : undefined;
    if (role !== undefined && !names.has(role)) names.set(role, name);
  }
  const offset = names.get('offset');
  const size = names.get('size');
  if (offset !== undefined && fold(offset) === 'startindex') {
    return { kind: 'skip_take', position: offset, size: 'count', zeroBased: false };
  }
  if (offset !== undefined && size !== undefined) return { kind: 'skip_take', position: offset, size };
  const page = names.get('page');
  return page !== undefined && size !== undefined ? { kind: 'generic', position: page, size } : undefined;
}
