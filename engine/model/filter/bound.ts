import type { ColumnType } from '../connector/connector.ts';
import type { CatalogColumn, CatalogTable } from '../system/catalog.ts';
import type { ScriptType } from '../script/script-stage.ts';
import type { Name, Problem, Span } from '../text/problem.ts';
import type { FilterDocument, FilterParameter } from './filter.ts';
import type { ColumnNode, Expression, JoinNode, LookupNode, MatchedNode, ScriptItem, SelectNode, SortNode, ViaNode } from './tree.ts';
import type { ValueType } from './types.ts';

/** A table as the filter uses it. */
export interface BoundTable {
  readonly system: string;
  readonly table: string;
  /** The name it has in the filter; for a link table that of the table. */
  readonly alias: string;
  /** Where the table is named. */
  readonly span: Span;
  /** Absent where the catalog does not know it. */
  readonly catalog?: CatalogTable;
  /** Its columns that relations join by; absent where nothing joins this table. */
  readonly related?: readonly string[];
  /** Whether a row of the result has a row of it: `always`, `maybe` after a left join, `never` after an anti join. */
  readonly presence: 'always' | 'maybe' | 'never';
}

export interface BoundGroup {
  readonly table: BoundTable;
  readonly joins: readonly BoundJoin[];
}

/** The parent and key columns of a tree, and which way `join recursive` walks. */
export interface Recursion {
  readonly parent: string;
  readonly key: string;
  readonly direction: 'up' | 'down';
  /** Conditions that pick the rows to start from: those that name another table. */
  readonly links: readonly Expression[];
  /** Conditions on the rows that are reached. */
  readonly conditions: readonly Expression[];
}

/** A link table: `link.near = of.nearKey` and `link.far = joined.farKey`. */
export interface BoundVia {
  readonly node: ViaNode;
  readonly link: BoundTable;
  readonly near: string;
  readonly far: string;
  readonly of: BoundTable;
  readonly nearKey: string;
  readonly farKey: string;
}

export interface BoundJoin {
  readonly node: JoinNode;
  readonly source: BoundTable | BoundGroup;
  /** As written, or the relation that is meant. */
  readonly on?: Expression;
  readonly via?: BoundVia;
  readonly recursion?: Recursion;
}

/** A column of the output: an expression or a script. */
export interface BoundColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly span: Span;
  readonly expression?: Expression;
  readonly script?: BoundScript;
}

/** A script column, with the tables it may read. */
export interface BoundScript {
  readonly node: ScriptItem;
  readonly type: ScriptType;
  /** Columns it reads, with the name it knows their table by; each once. */
  readonly reads: readonly { readonly alias: string; readonly table: BoundTable; readonly column: CatalogColumn }[];
  /** The tables it names. */
  readonly tables: readonly BoundTable[];
  /** Systems that it asks the vault for, as far as its text shows them. */
  readonly asks: readonly string[];
}

/** Another filter whose rows are added. */
export interface BoundAppend {
  readonly node: Name;
  readonly bound: BoundFilter;
}

/** What a name in an expression stands for. */
export type Meaning =
  | { readonly kind: 'column'; readonly table: BoundTable; readonly column: CatalogColumn }
  | { readonly kind: 'output'; readonly column: BoundColumn };

export interface BoundLookup {
  readonly node: LookupNode;
  readonly table: BoundTable;
  readonly column: CatalogColumn;
}

/** A filter whose names are known. `problems` are those of binding; reading's are with the document. */
export interface BoundFilter {
  /** As its author wrote it. */
  readonly document: FilterDocument;
  /** With the tables, joins and conditions of the filter it extends. */
  readonly select?: SelectNode;
  /** With those of the filter it extends. */
  readonly parameters: readonly FilterParameter[];
  readonly problems: readonly Problem[];
  /** The output columns, in order. */
  readonly columns: readonly BoundColumn[];
  /** Every table the rows come from, link and anti-joined tables included; not those of lookups. */
  readonly tables: readonly BoundTable[];
  readonly from?: BoundTable;
  readonly joins: readonly BoundJoin[];
  readonly orderBy: readonly SortNode[];
  readonly lookups: readonly BoundLookup[];
  /** In the order they are written; without those that cannot be appended. */
  readonly appends: readonly BoundAppend[];
  /** Rows are groups: there is a `group by`, or an aggregate. */
  readonly aggregated: boolean;
  readonly meanings: ReadonlyMap<ColumnNode, Meaning>;
  readonly matched: ReadonlyMap<MatchedNode, BoundTable>;
  readonly types: ReadonlyMap<Expression, ValueType>;
}

/** The output column that is nothing but this column of a table. */
export function outputOf(
  meanings: ReadonlyMap<ColumnNode, Meaning>,
  columns: readonly BoundColumn[],
  of: Meaning & { readonly kind: 'column' },
): BoundColumn | undefined {
  return columns.find(({ expression }) => {
    const meaning = expression?.kind === 'column' ? meanings.get(expression) : undefined;
    return meaning?.kind === 'column' && meaning.table === of.table && meaning.column.name === of.column.name;
  });
}

export function isGroup(source: BoundTable | BoundGroup): source is BoundGroup {
  return 'joins' in source;
}

/** The tables of a source, in the order they are written. */
export function tablesOf(source: BoundTable | BoundGroup): readonly BoundTable[] {
  return isGroup(source) ? [source.table, ...source.joins.flatMap((join) => tablesOf(join.source))] : [source];
}
