import type { ScriptStage } from '../script/script-stage.ts';
import type { BoundColumn, BoundTable } from './bound.ts';
import type { CompileContext } from './compile-context.ts';
import type { FilterSql } from './compile-filter.ts';
import { chooseRows, compileSource, limitOf, sortKeys, type SelectSql } from './compile-select.ts';
import { problemColumn } from './compiled.ts';
import { emptySql, identifier, joinSql, logicSql, numeral, sql, type Sql } from './sql.ts';
import { everyPart, type SortNode } from './tree.ts';

/**
 * A filter with scripts is two SELECTs and a stage between them: the first joins, and gives the columns that anything after it needs; the scripts
 * add theirs; the second reads what they give as one table, and does the rest.
 */
export function compileScripted(context: CompileContext, part: SelectSql): FilterSql {
  const { bound, stages } = context;
  const scripts = bound.columns.filter(({ script }) => script);
  const places = createPlaces();
  const table = `sollist:rows ${stages.length + 1}`;
  const scriptColumns = scripts.map((column, i) => ({ column, name: `s${i + 1}` }));
  const outer: CompileContext = {
    ...context,
    columnSql: (of, column) => identifier(places.nameOf(of, column)),
    scriptSql: (of) => identifier(scriptColumns.find(({ column }) => sameColumn(column, of))?.name ?? problemColumn),
  };
  const dropped = part.dropped(outer);
  const isPlain = dropped.length === 0 && !bound.select?.distinct && !bound.select?.distinctOn && isOnlyColumns(context);
  const early = isPlain && part.sorted && !sortsByScript(context) ? bound.orderBy : undefined;
  const rest: SelectSql = early ? { ...part, sorted: false } : part;
  const where = dropped.length > 0 ? sql`\nWHERE ${logicSql(dropped, 'and')}` : emptySql;
  const rows = chooseRows(outer, sql`FROM ${identifier(table)}${where}`, rest, identifier(problemColumn));
  const stage = scriptStage(context, scripts, places);
  const source = readColumns(context, places.all(), early, early ? part.limit : undefined);
  const inputs = Array.from({ length: widthOf(places) }, (_, i) => `x${i + 1}`);
  const columns = [...inputs, ...scriptColumns.map(({ name }) => name), problemColumn];
  stages.push({ table, source: { sql: source.text, parameters: source.parameters }, columns, stage });
  if (!early) return { rows };
  const direct = bound.columns.map((column) => ({ name: column.name, place: placeOf(context, column, places, scripts) }));
  return { rows, direct: [...direct, { name: problemColumn, place: columns.length - 1 }] };
}

/** The columns of tables that the second SELECT and the scripts need; each once, in the order they are first asked for. */
interface Places {
  nameOf(table: BoundTable, column: string): string;
  indexOf(table: BoundTable, column: string): number;
  all(): readonly { readonly table: BoundTable; readonly column: string }[];
}

/** There is at least one column, so that there are rows where nothing of them is read. */
function widthOf(places: Places): number {
  return Math.max(places.all().length, 1);
}

function createPlaces(): Places {
  const all: { readonly table: BoundTable; readonly column: string }[] = [];
  const known = new Map<BoundTable, Map<string, number>>();
  const indexOf = (table: BoundTable, column: string): number => {
    const own = known.get(table) ?? new Map<string, number>();
    known.set(table, own);
    const index = own.get(column) ?? all.push({ table, column }) - 1;
    own.set(column, index);
    return index;
  };
  return { indexOf, nameOf: (table, column) => `x${indexOf(table, column) + 1}`, all: () => all };
}

/** The same column, also where one of the two was made without its expression. */
function sameColumn(one: BoundColumn, other: BoundColumn): boolean {
  return one === other || one.name === other.name;
}

function scriptStage({ marks }: CompileContext, scripts: readonly BoundColumn[], places: Places): ScriptStage {
  const reads = scripts.flatMap(({ script }) => script?.reads ?? []);
  const unique = new Map(reads.map((read) => [places.indexOf(read.table, read.column.name), read]));
  const tables = new Set(scripts.flatMap(({ script }) => script?.tables ?? []));
  return {
    inputs: [...unique].map(([index, { alias, column }]) => ({ alias, column: column.name, type: column.type, index })),
    presences: [...tables].flatMap((table) => {
      const mark = marks.get(table);
      return mark === undefined ? [] : [{ alias: table.alias, index: places.indexOf(table, mark) }];
    }),
    columns: scripts.flatMap(({ name, script }) => (script ? [{ name, type: script.type, code: script.node.code }] : [])),
  };
}

/** The first SELECT. */
function readColumns(
  context: CompileContext,
  columns: readonly { readonly table: BoundTable; readonly column: string }[],
  orderBy: readonly SortNode[] | undefined,
  limit: number | undefined,
): Sql {
  const { source, conditions, head } = compileSource(context);
  const outputs = columns.map(({ table, column }, i) => sql`${context.columnSql(table, column)} AS ${identifier(`x${i + 1}`)}`);
  const all = joinSql(outputs.length > 0 ? outputs : [sql`NULL`], 'commaLine');
  const where = conditions.length > 0 ? sql`\nWHERE ${logicSql(conditions, 'and')}` : emptySql;
  const order = orderBy && orderBy.length > 0 ? sql`\nORDER BY ${sortKeys(context, orderBy)}` : emptySql;
  const end = limitOf(limit, undefined);
  return sql`${head}SELECT ${all}\n${source}${where}${order}${end === undefined ? emptySql : sql`\nLIMIT ${numeral(end)}`}`;
}

function isOnlyColumns({ bound }: CompileContext): boolean {
  return bound.columns.every(({ expression }) => {
    if (!expression) return true;
    return expression.kind === 'column' && bound.meanings.get(expression)?.kind === 'column';
  });
}

function sortsByScript({ bound }: CompileContext): boolean {
  return bound.orderBy.some(({ expression }) =>
    [...everyPart(expression)].some((node) => {
      const meaning = node.kind === 'column' ? bound.meanings.get(node) : undefined;
      return meaning?.kind === 'output' && meaning.column.script !== undefined;
    }),
  );
}

function placeOf({ bound }: CompileContext, column: BoundColumn, places: Places, scripts: readonly BoundColumn[]): number {
  const meaning = column.expression?.kind === 'column' ? bound.meanings.get(column.expression) : undefined;
  return meaning?.kind === 'column' ? places.indexOf(meaning.table, meaning.column.name) : widthOf(places) + scripts.indexOf(column);
}
