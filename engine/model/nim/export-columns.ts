import type { BoundColumn, BoundFilter, BoundTable } from '../filter/bound.ts';
import type { Expression } from '../filter/tree.ts';
import type { Span } from '../text/problem.ts';
import type { Findings } from './findings.ts';
import { scriptOf } from './import-script.ts';
import type { JsonRecord } from './json-value.ts';

/** Columns of a filter as NIM lists them. */
export interface ExportedColumns {
  /** In order, hidden ones last. */
  readonly list: () => readonly JsonRecord[];
  /** NIM's name of the column that an expression means; a table's column that is not in the output is added as a hidden one. */
  readonly nameOf: (expression: Expression, what: string) => string;
  /** NIM's name of the script column of that name. */
  readonly scriptNamed: (expression: Expression) => string | undefined;
}

export function exportColumns(bound: BoundFilter, findings: Findings): ExportedColumns {
  const list: JsonRecord[] = [];
  const names = new Map<BoundColumn, string>();
  const absent = bound.tables.filter(({ presence }) => presence === 'never');
  const add = (column: JsonRecord, shown: boolean): void => {
    list.push({ ...column, order: list.length + 1, show: shown });
  };
  const dataColumn = (table: Pick<BoundTable, 'alias'>, field: string, shown: string | undefined): string => {
    const name = `${table.alias}.${field}`;
    add(
      { id: name, name, display_name: shown ?? name, field_name: field, colrefname: table.alias, nullable: false, source: 'data' },
      shown !== undefined,
    );
    return name;
  };
  for (const column of bound.columns) names.set(column, exportColumn(column));
  return { list: () => list, nameOf, scriptNamed: (expression) => scriptColumn(expression)?.name };

  function exportColumn(column: BoundColumn): string {
    const { name, expression, script, span } = column;
    if (script) return scriptColumnOf(name, scriptOf(script.node.code));
    const meaning = expression?.kind === 'column' ? bound.meanings.get(expression) : undefined;
    if (meaning?.kind === 'column') {
      const twin = `${meaning.table.alias}.${meaning.column.name}`;
      if (list.some((one) => one['name'] === twin)) findings.unsayable(`NIM shows a column once; "${twin}" is in the output twice.`, span);
      return dataColumn(meaning.table, meaning.column.name, name);
    }
    if (expression?.kind === 'literal')
      return emptyColumn(name, expression) ?? scriptColumnOf(name, `return ${JSON.stringify(expression.value)};`);
    findings.unsayable(`NIM has columns of tables and scripts; "${name}" is neither. Write it as script $$ return …; $$ as ${name}.`, span);
    return name;
  }

  /** What stands for a column of a table without rows. */
  function emptyColumn(name: string, { value }: { readonly value: unknown }): string | undefined {
    if (value !== null) return undefined;
    const dot = name.indexOf('.');
    const [alias, field] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [undefined, name];
    const owners = absent.filter(
      (table) => (alias === undefined || table.alias === alias) && table.catalog?.columns.some((one) => one.name === field),
    );
    const [only, another] = owners;
    return only && !another ? dataColumn(only, field, name) : undefined;
  }

  function scriptColumnOf(name: string, code: string): string {
    add({ id: name, name, display_name: name, javascript: code, source: 'script' }, true);
    return name;
  }

  function scriptColumn(expression: Expression): BoundColumn | undefined {
    const meaning = expression.kind === 'column' ? bound.meanings.get(expression) : undefined;
    return meaning?.kind === 'output' && meaning.column.script ? meaning.column : undefined;
  }

  function nameOf(expression: Expression, what: string): string {
    const unsayable = (span: Span): string => {
      findings.unsayable(`NIM ${what} a column; this is none.`, span);
      return '';
    };
    if (expression.kind !== 'column') return unsayable(expression.span);
    const meaning = bound.meanings.get(expression);
    if (meaning?.kind === 'output') return names.get(meaning.column) ?? meaning.column.name;
    if (!meaning) return unsayable(expression.span);
    const name = `${meaning.table.alias}.${meaning.column.name}`;
    return list.some((one) => one['name'] === name) ? name : dataColumn(meaning.table, meaning.column.name, undefined);
  }
}
