import { printExpression, printLiteral } from './print-expression.ts';
import type { FilterTree, JoinNode, LookupNode, ParameterNode, SelectItem, SelectNode, TableNode } from './tree.ts';
import { quoteName } from './words.ts';

/** Comments of a tree that no one has written yet, each in its place. */
export interface Remarks {
  /** Whole comments before everything else. */
  readonly notes: readonly string[];
  /** What stands behind a parameter, by its name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whole comments behind the conditions. */
  readonly behind: readonly string[];
  /** Filters that are not appended at present. */
  readonly appends: readonly string[];
}

const noRemarks: Remarks = { notes: [], parameters: new Map(), behind: [], appends: [] };

/** Writes a tree as text. Reading it again gives the same tree; of its own comments only the notes before everything else are kept. */
export function printFilter(tree: FilterTree, remarks: Remarks = noRemarks): string {
  const parameters = tree.parameters.map((node) => {
    const remark = remarks.parameters.get(node.name.text)?.replace(/\s+/g, ' ').trim() ?? '';
    return `${printParameterLine(node)}${remark === '' ? '' : ` -- ${remark}`}`;
  });
  const parent = tree.parent ? [`extends ${quoteName(tree.parent.text)}`] : [];
  const body = tree.select ? printSelect(tree.select, remarks.behind) : [];
  const appends = [
    ...tree.appends.map((name) => `append ${quoteName(name.text)}`),
    ...remarks.appends.map((name) => `-- append ${quoteName(name).replace(/\s+/g, ' ')}`),
  ];
  const parts = [[...remarks.notes, ...notes(tree)], parameters, parent, body, appends, tree.lookups.map(printLookup)];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The comments before the first word. */
function notes(tree: FilterTree): readonly string[] {
  const starts = [tree.parameters[0]?.span.offset, tree.parent?.span.offset, tree.select?.span.offset].filter(
    (offset) => offset !== undefined,
  );
  const first = Math.min(...starts, Number.MAX_SAFE_INTEGER);
  return tree.comments.filter((comment) => comment.span.offset < first).map((comment) => comment.text);
}

function printParameterLine(node: ParameterNode): string {
  const session = node.session ? ` from session.${quoteName(node.session.text)}` : '';
  const value = node.default ? ` default ${printLiteral(node.default)}` : '';
  return `parameter ${quoteName(node.name.text)} ${quoteName(node.type?.text ?? 'text')}${session}${value}`;
}

function printSelect(select: SelectNode, behind: readonly string[]): readonly string[] {
  const { distinctOn, where, having, excludeWhen, limit } = select;
  const distinct = distinctOn ? `distinct on (${printExpression(distinctOn)}) ` : select.distinct ? 'distinct ' : '';
  const [first = '', ...others] = select.items.map(printItem);
  const lines = [`select ${distinct}${first}`];
  const short = `${lines[0] ?? ''}, ${others.join(', ')}`;
  // A few plain columns need no line each.
  if (others.length > 0 && others.length < 4 && short.length <= 72 && !/[\n$]/.test(short)) lines.splice(0, 1, short);
  else {
    for (const item of others) {
      lines.push(`${lines.pop() ?? ''},`, `       ${item}`);
    }
  }
  if (select.from) lines.push(`from ${printTable(select.from)}`);
  lines.push(...select.joins.map(printJoin));
  if (where) lines.push(`where ${printExpression(where)}`);
  lines.push(...behind);
  if (select.groupBy.length > 0) lines.push(`group by ${select.groupBy.map(printExpression).join(', ')}`);
  if (having) lines.push(`having ${printExpression(having)}`);
  if (excludeWhen) lines.push(`exclude when ${printExpression(excludeWhen)}`);
  const sorts = select.orderBy.map((sort) => `${printExpression(sort.expression)}${sort.descending ? ' desc' : ''}`);
  if (sorts.length > 0) lines.push(`order by ${sorts.join(', ')}`);
  if (limit) lines.push(`limit ${printLiteral(limit)}`);
  return lines;
}

function printItem(item: SelectItem): string {
  switch (item.kind) {
    case 'star-item':
      return item.table ? `${quoteName(item.table.text)}.*` : '*';
    case 'script-item':
      return `script ${item.type ? `${quoteName(item.type.text)} ` : ''}$$${item.code}$$${alias(item)}`;
    case 'column-item':
      return `${printExpression(item.expression)}${alias(item)}`;
  }
}

function alias(node: SelectItem | TableNode): string {
  return 'alias' in node ? ` as ${quoteName(node.alias.text)}` : '';
}

/** A table with its alias. */
export function printTable(table: TableNode): string {
  return `${table.system ? `${quoteName(table.system.text)}.` : ''}${quoteName(table.table.text)}${alias(table)}`;
}

/** A join in one line. */
export function printJoin(join: JoinNode): string {
  const { source, via, reference, on } = join;
  const what = source.kind === 'table' ? printTable(source) : `(${[printTable(source.table), ...source.joins.map(printJoin)].join(' ')})`;
  const through = via
    ? `${printTable(via.link)}(${quoteName(via.near.text)}, ${quoteName(via.far.text)})`
    : reference && printExpression(reference);
  const link = through === undefined ? '' : ` via ${through}`;
  const mode = join.mode === 'any' ? '' : `${join.mode} `;
  return `${mode}join ${join.recursive ? 'recursive ' : ''}${what}${link}${on ? ` on ${printExpression(on)}` : ''}`;
}

function printLookup(lookup: LookupNode): string {
  const target = `${printTable(lookup.target)}.${quoteName(lookup.targetColumn.text)}`;
  return `lookup ${quoteName(lookup.name.text)} ${lookup.include ? 'include' : 'exclude'} ${printExpression(lookup.column)} in ${target}`;
}
