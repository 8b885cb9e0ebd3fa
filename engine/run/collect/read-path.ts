import { isObject, valueAt } from './answer.ts';

/** Gives one value of a row of an answer; undefined where the row does not have it. */
export type ReadValue = (row: Readonly<Record<string, unknown>>) => unknown;

/** Prepares reading a path of property names: most are one name long, and rows are many. */
export function readerOf(path: readonly string[]): ReadValue {
  const [name] = path;
  if (name === undefined) return () => undefined;
  if (path.some((step) => step in Object.prototype)) return (row) => valueAt(row, path);
  if (path.length === 1) return (row) => row[name];
  const rest = path.slice(1);
  return (row) => {
    let current = row[name];
    for (const step of rest) {
      if (!isObject(current)) return undefined;
      current = current[step];
    }
    return current;
  };
}
