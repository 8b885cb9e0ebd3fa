import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';
import { styleOf } from '../connector/refactor/text-style.ts';
import type { ColumnRef } from './catalog.ts';

/** A relation to be written. */
export interface WantedRelation {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
}

/**
 * The text of `systems/<name>.json` with relations added under their tables, comments and layout kept. `isKey` says whether a column is the
 * key of its table, which needs no column name. A column that refers to something already gets a list.
 */
export function writeReferences(
  text: string | undefined,
  relations: readonly WantedRelation[],
  isKey: (ref: ColumnRef) => boolean,
): string {
  return relations.reduce((before, { from, to }) => {
    const path = ['tables', from.table, 'relations', from.column];
    const target = isKey(to) ? to.table : `${to.table}.${to.column}`;
    const known = valueAt(before, path);
    const targets: readonly unknown[] = Array.isArray(known) ? known : known === undefined ? [] : [known];
    if (targets.includes(target)) return before;
    return change(before, path, targets.length === 0 ? target : [...targets, target]);
  }, startOf(text));
}

/** The text of `relations.json` with relations between systems added at its end. */
export function writeInterSystem(text: string | undefined, relations: readonly WantedRelation[]): string {
  return relations.reduce((before, { from, to }) => {
    const known = valueAt(before, ['relations']);
    const side = ({ system, table, column }: ColumnRef): ColumnRef => ({ system, table, column });
    const entry = { left: side(from), right: side(to) };
    return Array.isArray(known) ? change(before, ['relations', known.length], entry, true) : change(before, ['relations'], [entry]);
  }, startOf(text));
}

function startOf(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? '{}\n' : text;
}

function valueAt(text: string, path: readonly (string | number)[]): unknown {
  let value: unknown = parse(text);
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

function change(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const { step, newline } = styleOf(text);
  const formattingOptions = {
    insertSpaces: !step.includes('\t'),
    tabSize: step.length > 0 && !step.includes('\t') ? step.length : 2,
    eol: newline,
  };
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
}
