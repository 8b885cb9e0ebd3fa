import { findColumn, type Table } from '../../model/connector/connector.ts';
import { isObject, valueAt } from './answer.ts';

/** Objects within objects that are searched for a list. */
const deepest = 3;

interface List {
  readonly path: readonly string[];
  readonly first: Readonly<Record<string, unknown>>;
}

/**
 * The dotted path of the one list of objects that an answer wraps, as `output_field` would name it; undefined where there is none, or where
 * nobody could say which. An answer that looks like a row itself wraps its rows only where those of the list know more of the columns.
 */
export function wrappedList(body: unknown, table: Table): string | undefined {
  if (!isObject(body)) return undefined;
  const lists: List[] = [];
  find(body, [], lists);
  const known = ({ first }: List): number => columnsIn(first, table);
  // Where there are several, only one may hold what is declared: the others are links, messages and the like.
  const [only, another] = lists.length > 1 ? lists.filter((list) => known(list) > 0) : lists;
  if (!only || another) return undefined;
  const own = columnsIn(body, table);
  return own > 0 && known(only) <= own ? undefined : only.path.join('.');
}

function find(value: Readonly<Record<string, unknown>>, path: readonly string[], lists: List[]): void {
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, name];
    // A name with a dot in it can be found again only where it stands alone.
    if (here.length > 1 && here.some((step) => step.includes('.'))) continue;
    if (Array.isArray(inner)) {
      const first: unknown = inner[0];
      if (isObject(first)) lists.push({ path: here, first });
    } else if (isObject(inner) && here.length < deepest) find(inner, here, lists);
  }
}

/** How many of the declared columns an object has. */
function columnsIn(value: Readonly<Record<string, unknown>>, table: Table): number {
  const names = new Set(table.columns.filter(({ source, path }) => source === 'resource' && path.length > 0).map(({ name }) => name));
  return [...names].filter((name) => valueAt(value, findColumn(table, name)?.path ?? [name]) !== undefined).length;
}
