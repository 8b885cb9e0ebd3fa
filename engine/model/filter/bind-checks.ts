import { linksTo } from './bind-relation.ts';
import { type Binder, report } from './binder.ts';
import { type BoundColumn, type BoundFilter, type BoundJoin, type BoundTable, isGroup } from './bound.ts';
import { findFunction } from './functions.ts';
import { needs } from './nullness.ts';
import { conjunctsOf, everyPart, type Expression, partsOf, type SelectNode } from './tree.ts';

/** Warns of conditions that drop the rows a left join was written to keep. */
export function checkLeftJoins(binder: Binder, select: SelectNode, joins: readonly BoundJoin[]): void {
  const maybe = binder.tables.filter((table) => table.presence === 'maybe');
  if (maybe.length === 0) return;
  const check = (condition: Expression, inOn: boolean): void => {
    const named = tablesIn(binder, condition);
    // Most conditions are about other tables.
    if (!maybe.some((one) => named.has(one))) return;
    const table = maybe.find((one) => needs(condition, one, binder));
    if (!table || !named.has(table)) return;
    const advice = inOn
      ? `Make it a left join too, or put both in brackets: left join (… join …).`
      : `Put the condition into the "on" of the left join, or write "join" if this is meant.`;
    report(
      binder,
      'left-join-undone',
      `This drops the rows without "${table.alias}", so its left join does nothing. ${advice}`,
      condition.span,
      { severity: 'warning' },
    );
  };
  for (const condition of conjunctsOf(select.where)) check(condition, false);
  for (const join of joins) {
    // In brackets that are left-joined as a whole, the tables stand or fall together.
    if (join.node.mode === 'left' || join.node.mode === 'anti') continue;
    for (const condition of conjunctsOf(join.on)) check(condition, true);
  }
}

function tablesIn(binder: Binder, expression: Expression): ReadonlySet<BoundTable> {
  const tables = new Set<BoundTable>();
  for (const part of everyPart(expression)) {
    const matched = part.kind === 'matched' ? binder.matched.get(part) : undefined;
    if (matched) tables.add(matched);
    const meaning = part.kind === 'column' ? binder.meanings.get(part) : undefined;
    if (meaning?.kind === 'column') tables.add(meaning.table);
  }
  return tables;
}

/** Tells of joins that go from a key to a column that refers to it: one row may become many. */
export function checkMultiplying(binder: Binder, first: BoundTable, joins: readonly BoundJoin[]): void {
  const earlier = [first];
  for (const join of joins) {
    const head = isGroup(join.source) ? join.source.table : join.source;
    if ((join.node.mode === 'any' || join.node.mode === 'left') && !join.recursion && multiplies(binder, earlier, head, join)) {
      const message = `One row of the tables before may meet several rows of "${head.alias}" and then occurs several times.`;
      report(binder, 'join-multiplies', message, head.span, { severity: 'info' });
    }
    if (join.node.mode !== 'anti') earlier.push(head);
    if (isGroup(join.source)) checkMultiplying(binder, join.source.table, join.source.joins);
  }
}

function multiplies(binder: Binder, earlier: readonly BoundTable[], joined: BoundTable, join: BoundJoin): boolean {
  if (join.via) return true;
  const links = linksTo(binder, earlier, joined).filter((link) => link.many);
  return conjunctsOf(join.on).some((condition) => {
    if (condition.kind !== 'compare' || condition.operator !== '=') return false;
    const sides = [condition.left, condition.right].map((side) => (side.kind === 'column' ? binder.meanings.get(side) : undefined));
    return links.some(
      (link) =>
        sides.some((side) => side?.kind === 'column' && side.table === joined && side.column.name === link.joinedColumn) &&
        sides.some((side) => side?.kind === 'column' && side.table === link.earlier && side.column.name === link.earlierColumn),
    );
  });
}

/** Hints at parameters that nothing reads. */
export function checkParameters(binder: Binder): void {
  for (const { name } of binder.document.parameters) {
    if (binder.used.has(name.text.toLowerCase())) continue;
    report(binder, 'parameter-unused', `Nothing reads the parameter "${name.text}".`, name.span, { severity: 'hint' });
  }
}

/** Whether an expression counts over groups of rows. */
export function hasAggregate(expression: Expression): boolean {
  for (const part of everyPart(expression)) if (part.kind === 'call' && findFunction(part.name.text)?.aggregate) return true;
  return false;
}

/** Where rows are groups, a column must be the same in all rows of a group, or be counted over. */
export function checkGrouped(binder: Binder, select: SelectNode, columns: readonly BoundColumn[]): void {
  const groups = new Set(select.groupBy.map((group) => keyOf(binder, group)));
  const reported = new Set<number>();
  const check = (expression: Expression): void => {
    if (groups.has(keyOf(binder, expression))) return;
    if (expression.kind === 'call' && findFunction(expression.name.text)?.aggregate) return;
    if (expression.kind === 'column') {
      const meaning = binder.meanings.get(expression);
      if (meaning?.kind !== 'column' || reported.has(expression.span.offset)) return;
      reported.add(expression.span.offset);
      report(
        binder,
        'not-grouped',
        `"${meaning.column.name}" may differ within a group. Add it to "group by", or take min(…), max(…) or group_concat(…) of it.`,
        expression.span,
      );
    }
    partsOf(expression).forEach(check);
  };
  for (const { expression } of columns) if (expression) check(expression);
  if (select.having) check(select.having);
  for (const { expression } of select.orderBy) check(expression);
  if (select.distinctOn) check(select.distinctOn);
}

/** Equal for expressions that mean the same, however their columns are written. */
export function keyOf(binder: Pick<BoundFilter, 'meanings'>, expression: Expression): string {
  if (expression.kind === 'column') {
    const meaning = binder.meanings.get(expression);
    if (meaning?.kind === 'output')
      return meaning.column.expression ? keyOf(binder, meaning.column.expression) : `output ${meaning.column.name}`;
    return meaning ? `column ${JSON.stringify([meaning.table.alias, meaning.column.name])}` : `unknown ${expression.span.offset}`;
  }
  const own = Object.entries(expression).filter(([key, value]) => key !== 'span' && (typeof value !== 'object' || value === null));
  const name =
    expression.kind === 'call'
      ? expression.name.text.toLowerCase()
      : expression.kind === 'cast'
        ? expression.type.text.toLowerCase()
        : expression.kind === 'matched'
          ? expression.alias.text
          : '';
  return JSON.stringify([own, name, partsOf(expression).map((part) => keyOf(binder, part))]);
}
