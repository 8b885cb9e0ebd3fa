import { printExpression, printLiteral } from './print-expression.ts';
import type { FilterTree, JoinNode, LookupNode, ParameterNode, SelectItem, SelectNode, TableNode } from './tree.ts';
import { quoteName } from './words.ts';

/** Writes a tree as text. Reading it again gives the same tree; of the comments only the notes before everything else are kept. */
export function printFilter(tree: FilterTree): string {
  const head = [...tree.parameters.map(printParameterLine), ...(tree.parent ? [`extends ${quoteName(tree.parent.text)}`] : [])];
  const body = tree.select ? printSelect(tree.select) : [];
  const tail = [...tree.appends.map((name) => `append ${quoteName(name.text)}`), ...tree.lookups.map(printLookup)];
  const parts = [notes(tree), head, body, tail].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
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

function printSelect(select: SelectNode): readonly string[] {
  const { distinctOn, where, having, excludeWhen, limit } = select;
  const distinct = distinctOn ? `distinct on (${printExpression(distinctOn)}) ` : select.distinct ? 'distinct ' : '';
  const [first = '', ...others] = select.items.map(printItem);
  const lines = [`select ${distinct}${first}`];
  for (const item of others) {
    lines.push(`${lines.pop() ?? ''},`, `       ${item}`);
  }
  if (select.from) lines.push(`from ${printTable(select.from)}`);
  lines.push(...select.joins.map(printJoin));
  if (where) lines.push(`where ${printExpression(where)}`);
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
      return `script $$${item.code}$$${alias(item)}`;
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

function printJoin(join: JoinNode): string {
  const { source, via, on } = join;
  const what = source.kind === 'table' ? printTable(source) : `(${[printTable(source.table), ...source.joins.map(printJoin)].join(' ')})`;
  const link = via ? ` via ${printTable(via.link)}(${quoteName(via.near.text)}, ${quoteName(via.far.text)})` : '';
  const mode = join.mode === 'any' ? '' : `${join.mode} `;
  return `${mode}join ${join.recursive ? 'recursive ' : ''}${what}${link}${on ? ` on ${printExpression(on)}` : ''}`;
}

function printLookup(lookup: LookupNode): string {
  const target = `${printTable(lookup.target)}.${quoteName(lookup.targetColumn.text)}`;
  return `lookup ${quoteName(lookup.name.text)} ${lookup.include ? 'include' : 'exclude'} ${printExpression(lookup.column)} in ${target}`;
}
