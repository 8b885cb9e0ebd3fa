import { type BoundJoin, type BoundTable, isGroup } from './bound.ts';
import { namesTable, turnedOut } from './compile-anti.ts';
import { comparedSides } from './compile-comparison.ts';
import { aliasOf, columnSql, type CompileContext } from './compile-context.ts';
import { besideLogic } from './compile-expression.ts';
import { rowNumberOf } from './row-number.ts';
import { identifier, joinSql, sql, type Sql } from './sql.ts';
import { conjunctsOf, type CompareNode, type Expression } from './tree.ts';

/** A join whose tables hang together by what is made of a column, such as its text without case. */
export interface KeyedSql {
  /** What is joined, the keys before it. */
  readonly from: Sql;
  /** What stands in place of the whole condition as it was written. */
  readonly on: readonly Sql[];
  readonly definition: Sql;
  /** Null where no row was found. */
  readonly mark: Sql;
  /** What holds of a row that at least two rows match; undefined where it would be asked for each row. */
  readonly severalMatch: Sql | undefined;
}

interface Link {
  readonly outside: Sql;
  readonly inside: Sql;
}

/**
 * Makes the values of the joined table that are compared a table of their own, once: SQLite then finds rows by an index over it. Without, it makes the
 * value anew for every pair of rows, and 50,000 by 50,000 never end. Undefined where a plain column shows the way, or nothing does. `table`: the
 * joined table as SQL; `from`: that with what is joined to it in brackets.
 */
export function compileKeyed(context: CompileContext, join: BoundJoin, table: Sql, from: Sql): KeyedSql | undefined {
  const { mode } = join.node;
  if (join.via || join.recursion || mode === 'all') return undefined;
  const head = isGroup(join.source) ? join.source.table : join.source;
  const conjuncts = conjunctsOf(join.on);
  const links = new Map<Expression, Link>();
  for (const one of conjuncts) {
    const link = linkOf(context, head, one);
    if (link === 'plain') return undefined;
    if (link) links.set(one, link);
  }
  if (links.size === 0) return undefined;
  const all = [...links.values()];
  const keys = identifier(`sollist:keys ${aliasOf(head)}`);
  const names = all.map((_, i) => identifier(`k${i + 1}`));
  const mark = context.marks.get(head);
  const number = columnSql(head, mark?.startsWith('sollist:') === true ? mark : rowNumberOf(head));
  const values = all.map(({ inside }, i) => sql`${inside} AS ${names[i] ?? keys}`);
  const rest = conjuncts.filter((one) => !links.has(one));
  return {
    from: sql`(${keys} JOIN ${from} ON ${number} = ${keys}."row")`,
    on: [...all.map(({ outside }, i) => sql`${keys}.${names[i] ?? keys} = ${outside}`), ...rest.map((one) => besideLogic(context, one))],
    mark: sql`${keys}."row"`,
    definition: sql`${keys} AS MATERIALIZED (\n  SELECT ${number} AS "row", ${joinSql(values, 'comma')} FROM ${table}\n)`,
    severalMatch:
      rest.length === 0 && !isGroup(join.source)
        ? sql`${sides(all.map(({ outside }) => outside))} IN (SELECT ${joinSql(names, 'comma')} FROM ${keys} GROUP BY ${joinSql(names, 'comma')} HAVING count(*) > 1)`
        : undefined,
  };
}

function sides(values: readonly Sql[]): Sql {
  const [only, another] = values;
  return only && !another ? sql`(${only})` : sql`(${joinSql(values, 'comma')})`;
}

/** An equality between something made of the joined table and something made of others; `plain` where a column of its own is one side. */
function linkOf(context: CompileContext, head: BoundTable, condition: Expression): Link | 'plain' | undefined {
  const node = condition.kind === 'collate' ? condition.operand : condition;
  if (node.kind !== 'compare' || node.operator !== '=') return undefined;
  const turned: CompareNode | undefined = turnedOut(context, node, new Set([head]));
  if (!turned || !namesTable(context, turned.right, head)) return undefined;
  const [outside, inside] = comparedSides(context, turned, condition.kind === 'collate');
  const meaning = turned.right.kind === 'column' ? context.bound.meanings.get(turned.right) : undefined;
  const isPlain = meaning?.kind === 'column' && columnSql(meaning.table, meaning.column.name).text === inside.text;
  return isPlain ? 'plain' : { outside, inside };
}
