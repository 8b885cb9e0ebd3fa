import { isGroup, tablesOf, type BoundJoin, type BoundTable } from '../../../../engine/model/filter/bound.ts';
import { printExpression } from '../../../../engine/model/filter/print-expression.ts';
import { conjunctsOf, everyPart, type Expression } from '../../../../engine/model/filter/tree.ts';
import type { Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';
import { namesIn } from '../../filter/names.ts';
import { isSymbol } from '../../filter/token-tests.ts';
import { blanksBefore, joinAt } from './relations.ts';
import { between, endOf, slice, touches, tryEdits, type Rewrite } from './trial.ts';

/** Moves a condition of `where` on a left-joined table into the `on` of its join, so that rows without that table stay. */
export function moveIntoJoin(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const { bound, document, text } = filter;
  const where = document.tree?.select?.where;
  const conditions = conjunctsOf(where);
  const index = conditions.findIndex(({ span }) => touches(span, caret));
  const condition = conditions[index];
  if (!where || !condition) return [];
  const tables = new Set(tablesOfExpression(filter, condition));
  const join = leftJoins(bound.joins).find(
    ({ source, node }) => node.span.length > 0 && tablesOf(source).some((table) => tables.has(table)),
  );
  if (!join) return [];
  const whole = withBrackets(filter, condition.span);
  const others = conditions.filter((one) => one !== condition).map(({ span }) => withBrackets(filter, span));
  const gap = removal(filter, whole, others, index);
  if (!gap) return [];
  const { node, on } = join;
  const moved = condition.kind === 'logic' ? `(${slice(text, condition.span)})` : slice(text, whole);
  const through = node.via ?? node.reference;
  const before = (node.on ?? through) ? '' : on ? ` on ${printExpression(on)}` : undefined;
  const end = endOf(node.span);
  // A condition with `or` in it needs brackets before another one is added.
  const isLoose = node.on?.kind === 'logic' && node.on.operator === 'or';
  if (before === undefined) return [];
  const word = through && !node.on ? ' on' : ' and';
  const added = { span: between(end, end), text: `${isLoose ? ')' : ''}${before}${word} ${moved}` };
  const start = isLoose ? [{ span: between(node.on.span.offset, node.on.span.offset), text: '(' }] : [];
  const edits = [...start, added, { span: gap, text: '' }];
  const head = isGroup(join.source) ? join.source.table : join.source;
  return tryEdits(filter, edits) ? [{ title: `Move the condition into the "on" of the left join of "${head.alias}"`, edits }] : [];
}

/** Takes out a left join whose tables nothing names: rows stay, unless a row met several of the joined ones. */
export function removeJoin(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const { bound, text } = filter;
  const join = joinAt(bound.joins, caret);
  if (join?.node.mode !== 'left') return [];
  const { node, source } = join;
  const tables = new Set(tablesOf(source));
  const isNamed = namesIn(bound).some((name) => {
    const table = name.kind === 'column' || name.kind === 'alias' ? name.table : undefined;
    return table !== undefined && tables.has(table) && !touches(node.span, { ...name.span, length: 0 });
  });
  const [star] = bound.columns.filter(
    ({ expression }) => expression && tablesOfExpression(filter, expression).some((one) => tables.has(one)),
  );
  if (isNamed || star) return [];
  const edits = [{ span: between(blanksBefore(text, node.span.offset), endOf(node.span)), text: '' }];
  const head = isGroup(source) ? source.table : source;
  return tryEdits(filter, edits) ? [{ title: `Remove the left join of "${head.alias}", which nothing names`, edits }] : [];
}

function leftJoins(joins: readonly BoundJoin[]): readonly BoundJoin[] {
  return joins.flatMap((join) => [
    ...(isGroup(join.source) ? leftJoins(join.source.joins) : []),
    ...(join.node.mode === 'left' ? [join] : []),
  ]);
}

function tablesOfExpression({ bound }: OpenFilter, expression: Expression): readonly BoundTable[] {
  return [...everyPart(expression)].flatMap((part) => {
    const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
    if (meaning?.kind === 'column') return [meaning.table];
    return part.kind === 'matched' ? (bound.matched.get(part) ?? []) : [];
  });
}

/** The place of an expression with the brackets around it alone. */
function withBrackets({ tokens: { tokens } }: OpenFilter, span: Span): Span {
  let [start, end] = [span.offset, endOf(span)];
  for (;;) {
    const before = tokens.findLast((token) => endOf(token.span) <= start && token.kind !== 'end');
    const after = tokens.find((token) => token.span.offset >= end && token.kind !== 'end');
    if (!before || !after || !isSymbol(before, '(') || !isSymbol(after, ')')) return between(start, end);
    [start, end] = [before.span.offset, endOf(after.span)];
  }
}

/** What goes with a condition: the `and` beside it, or `where` if it was the only one. */
function removal({ text, tokens: { tokens } }: OpenFilter, whole: Span, others: readonly Span[], index: number): Span | undefined {
  const previous = others[index - 1];
  const next = others[index];
  if (previous) return between(endOf(previous), endOf(whole));
  if (next) return between(whole.offset, next.offset);
  const where = tokens.findLast((token) => token.span.offset < whole.offset && token.kind === 'word');
  return where ? between(blanksBefore(text, where.span.offset), endOf(whole)) : undefined;
}
