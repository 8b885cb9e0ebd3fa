import type { CollectedTable, Judge, Row } from './evaluate.ts';
import type { Expectation, Field } from './expectations.ts';
import { missingColumns } from './missing-column.ts';
import type { Failure } from './result.ts';
import { fieldsText } from './titles.ts';
import { isEqual, maskedOr, shown, writtenLike } from './value.ts';

type Types = ReadonlyMap<string, CollectedTable['columns'][number]['type']>;

/** A row with `where` must be there; of several such rows the one that is nearest is judged. */
export function judgeSample({ where, values, span }: Extract<Expectation, { readonly kind: 'sample' }>, table: CollectedTable): Judge {
  const fields = [...where, ...values];
  const missing = missingColumns(
    fields.map(({ column }) => column),
    table,
  );
  const types = typesOf(table);
  let nearest: { readonly row: Row; readonly wrong: readonly Field[] } | undefined;
  let found = 0;
  return {
    columns: missing.length > 0 ? [] : namesOf(fields),
    look(row) {
      if (!fits(row, where, types)) return;
      found++;
      const wrong = values.filter((field) => !fits(row, [field], types));
      if (!nearest || wrong.length < nearest.wrong.length) nearest = { row, wrong };
    },
    failures(): readonly Failure[] {
      if (missing.length > 0) return missing;
      const expected = written(fields.map((field) => [field.column.text, maskedOr(field.column.text, field.value)]));
      if (!nearest) return [{ message: `There is no row with ${fieldsText(where)}.`, expected, actual: 'no such row', span }];
      const { row, wrong } = nearest;
      const [first] = wrong;
      if (!first) return [];
      const which = found === 1 ? 'The row' : `The nearest of ${found} rows`;
      const differences = wrong.map(
        ({ column, value }) => `${column.text} is ${shown(column.text, row[column.text] ?? null)}, not ${shown(column.text, value)}`,
      );
      return [
        {
          message: `${which} with ${fieldsText(where)} differs: ${differences.join('; ')}.`,
          expected,
          actual: written(
            fields.map(({ column, value }) => [
              column.text,
              writtenLike(column.text, row[column.text] ?? null, types.get(column.text), value),
            ]),
          ),
          span: wrong.length === 1 ? first.column.span : span,
        },
      ];
    },
  };
}

/** No row may have `where`. */
export function judgeAbsent({ where, span }: Extract<Expectation, { readonly kind: 'absent' }>, table: CollectedTable): Judge {
  const missing = missingColumns(
    where.map(({ column }) => column),
    table,
  );
  const types = typesOf(table);
  let found = 0;
  return {
    columns: missing.length > 0 ? [] : namesOf(where),
    look(row) {
      if (fits(row, where, types)) found++;
    },
    failures(): readonly Failure[] {
      if (missing.length > 0 || found === 0) return missing;
      const rows = found === 1 ? 'a row' : `${found} rows`;
      return [
        {
          message: `There ${found === 1 ? 'is' : 'are'} ${rows} with ${fieldsText(where)}; expected none.`,
          expected: 'no such row',
          actual: rows,
          span,
        },
      ];
    },
  };
}

function fits(row: Row, fields: readonly Field[], types: Types): boolean {
  return fields.every(({ column: { text }, value }) => isEqual(row[text] ?? null, value, types.get(text)));
}

function typesOf({ columns }: CollectedTable): Types {
  return new Map(columns.map(({ name, type }) => [name, type]));
}

function namesOf(fields: readonly Field[]): readonly string[] {
  return [...new Set(fields.map(({ column }) => column.text))];
}

function written(entries: readonly (readonly [string, unknown])[]): string {
  return JSON.stringify(Object.fromEntries(entries), undefined, 2);
}
