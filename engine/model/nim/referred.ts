import { isRecord } from './json-value.ts';
import { category, type NimExport } from './resources.ts';

/**
 * Whether something of an export beside the filter names one of its output columns: a mapping item, an app, a role that holds the filter's name and,
 * anywhere, the column's. A name too many keeps an empty column; one too few would break a mapping.
 */
export function isReferredIn({ resources }: NimExport): (filter: string, column: string) => boolean {
  const texts = resources.filter((one) => one.category !== category.filter).map(({ data }) => textsIn(data));
  const naming = new Map<string, readonly ReadonlySet<string>[]>();
  /** What names the filter, also with one of its lookups: `Name[lookup]`. */
  const textsNaming = (filter: string): readonly ReadonlySet<string>[] => {
    const name = filter.toLowerCase();
    const known = naming.get(name) ?? texts.filter((said) => said.has(name) || [...said].some((text) => text.startsWith(`${name}[`)));
    naming.set(name, known);
    return known;
  };
  return (filter, column) => textsNaming(filter).some((said) => said.has(column.toLowerCase()));
}

/** Every text of a JSON value, in small letters. */
function textsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const one = stack.pop();
    if (typeof one === 'string') found.add(one.toLowerCase());
    else if (Array.isArray(one)) for (const each of one) stack.push(each);
    else if (isRecord(one)) for (const each of Object.values(one)) stack.push(each);
  }
  return found;
}
