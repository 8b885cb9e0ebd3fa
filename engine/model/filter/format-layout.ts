import { clausesOf, conditionsOf, listOf, opening, type Clause } from './format-clauses.ts';
import { expand, type Measure } from './format-expand.ts';
import { flat, isMark } from './format-flat.ts';
import { asWritten, canJoin, endingLine, hoist, inOneLine, isBroken, type Lines, type Unit } from './format-lines.ts';
import { alignAliases } from './format-align.ts';

/** Where values begin behind `select`, `from`, `where` and `and`. */
const valueColumn = 7;

export interface Layout extends Measure {
  readonly out: Lines;
  /** The text as it was. */
  readonly source: string;
}

/** Writes clauses one below the other. */
export function layOut(clauses: readonly Clause[], indent: number, layout: Layout): void {
  const names = nameWidths(clauses);
  let before = indent;
  clauses.forEach((clause, index) => {
    const [first] = [...clause.head, ...clause.body];
    if (first) {
      // A comment further in than the next clause belongs to the clause before it.
      const from = first.leading.findIndex(({ column }) => column <= first.column);
      layout.out.comments(first.leading.splice(0, from < 0 ? first.leading.length : from), before);
    }
    const whole = clause.body.length > 0 ? { ...clause, body: endingLine(clause.body) } : { ...clause, head: endingLine(clause.head) };
    layOutClause(whole, indent, layout, names[index] ?? 0);
    before = indentAfter(clause, indent);
  });
}

/** Where a comment goes that belongs to a clause but stands behind it. */
export function indentAfter(clause: Clause | undefined, indent: number): number {
  if (clause?.kind === 'select') return indent + valueColumn;
  return clause && ['where', 'having', 'exclude', 'join'].includes(clause.kind) ? indent + 2 : indent;
}

function layOutClause(clause: Clause, indent: number, layout: Layout, nameWidth: number): void {
  const { head, body, kind } = clause;
  switch (kind) {
    case 'select':
    case 'group':
    case 'order':
      layOutList(clause, indent, layout);
      break;
    case 'where':
    case 'having':
    case 'exclude':
      layOutConditions(clause, indent, layout);
      break;
    case 'join':
      layOutJoin(clause, indent, layout);
      break;
    default: {
      const whole = head.length > 0 ? [...head, ...body] : hoist(body);
      const width = kind === 'parameter' && !isBroken(whole) ? nameWidth : 0;
      const words = flat(head, layout.keywords).padEnd(kind === 'from' ? valueColumn - 1 : 0);
      const rest =
        width > 0 ? `${flat(body.slice(0, 1), layout.keywords).padEnd(width)} ${flat(body.slice(1), layout.keywords)}` : undefined;
      const text = isBroken(whole)
        ? asWritten(whole, layout.source)
        : `${words} ${rest ?? flat(head.length > 0 ? body : whole, layout.keywords)}`.trim();
      layout.out.unit(whole, [text], indent);
    }
  }
}

/** Parameters that stand together have their types below each other. */
function nameWidths(clauses: readonly Clause[]): readonly number[] {
  const widths: number[] = [];
  let start = 0;
  clauses.forEach(({ kind, head, body }, index) => {
    const [first] = head;
    const apart = first?.blankBefore === true || first?.leading.some(({ blankBefore }) => blankBefore) === true;
    if (kind !== 'parameter' || apart || clauses[index - 1]?.kind !== 'parameter') start = index;
    widths.push(kind === 'parameter' ? (body[0]?.text.length ?? 0) : 0);
    const most = Math.max(...widths.slice(start));
    for (let one = start; one <= index; one++) widths[one] = most;
  });
  return widths;
}

function layOutList({ kind, head, body }: Clause, indent: number, layout: Layout): void {
  const { out, source, keywords, width } = layout;
  const parts = listOf(body);
  const whole = [...head, ...body];
  const line = flat(whole, keywords);
  const byAuthor = kind === 'select' && parts.slice(1).some(([first]) => first?.breakBefore === true);
  if (canJoin([head, ...parts]) && !byAuthor && (indent + line.length <= width || (parts.length === 1 && kind !== 'select'))) {
    out.unit(whole, [line], indent);
    return;
  }
  const words = inOneLine(head, source, layout);
  const alone = (kind === 'select' && head.length > 1) || standsAlone(head, parts[0] ?? []);
  const column = indent + (kind === 'select' || alone ? valueColumn : words.length + 1);
  const units = parts.map((unit, index) => (index > 0 || alone ? hoist(unit) : unit));
  const texts = kind === 'select' ? alignAliases(units, column, layout) : units.map((unit) => [inOneLine(unit, source, layout)]);
  const [first = [], ...others] = units;
  if (alone) {
    out.unit(head, [words], indent);
    out.unit(first, texts[0] ?? [], column);
  } else {
    const [start = '', ...more] = texts[0] ?? [];
    out.unit([...head, ...first], [`${words} ${start}`, ...more], indent);
  }
  others.forEach((unit, index) => out.unit(unit, texts[index + 1] ?? [], column));
}

/** Whether a comment keeps what follows the words of a clause from their line. */
function standsAlone(head: Unit, first: Unit): boolean {
  return isBroken([...head, ...first.slice(0, first.findIndex(({ kind }) => kind !== 'comment') + 1)]);
}

function layOutConditions({ kind, head, body }: Clause, indent: number, layout: Layout): void {
  const { out, source, keywords, width } = layout;
  const units = conditionsOf(body);
  const words = inOneLine(head, source, layout).padEnd(kind === 'exclude' ? 0 : valueColumn - 1);
  const line = `${words} ${flat(body, keywords)}`;
  const byAuthor = units.slice(1).some(([word, next]) => word?.breakBefore === true || next?.breakBefore === true);
  if (canJoin([head, ...units]) && !byAuthor && units.length < 3 && indent + line.length <= width) {
    out.unit([...head, ...body], [line], indent);
    return;
  }
  const [start = [], ...others] = units.map(endingLine);
  const alone = standsAlone(head, start);
  const first = alone ? hoist(start) : start;
  const place = (column: number): readonly string[] => (isBroken(first) ? [asWritten(first, source)] : expand(first, column, layout));
  if (alone) {
    out.unit(head, [words.trimEnd()], indent);
    out.unit(first, place(indent + valueColumn), indent + valueColumn);
  } else {
    const [begin = '', ...more] = place(indent + words.length + 1);
    out.unit([...head, ...first], [`${words} ${begin}`, ...more], indent);
  }
  layOutRest(others, indent, layout);
}

/** Conditions that begin with `and` or `or`, each in its own line. */
function layOutRest(units: readonly Unit[], indent: number, { out, source, ...measure }: Layout): void {
  for (const unit of units) {
    const [word, ...rest] = unit;
    if (!word) continue;
    // The words end below each other: where, on, and, or.
    const inset = indent + 5 - word.text.length;
    if (isBroken(unit)) out.unit(unit, [asWritten(unit, source)], inset, { commentIndent: indent + 2 });
    else {
      const [start = '', ...more] = expand(rest, indent + valueColumn, measure);
      out.unit(unit, [`${flat([word], measure.keywords)}  ${start}`, ...more], inset, { commentIndent: indent + 2 });
    }
  }
}

function layOutJoin({ head, body }: Clause, indent: number, layout: Layout): void {
  const { out, source, keywords, width } = layout;
  const { table, via, on } = partsOfJoin(body);
  const nested = isMark(table[0] ?? head[0] ?? noPiece, '(') && table.some(({ keyword }) => keyword === 'join');
  let start: Unit = [...head, ...table];
  if (nested) {
    const close = closeOf(table);
    out.unit([...head, ...table.slice(0, 1)], [inOneLine([...head, ...table.slice(0, 1)], source, layout)], indent);
    const inner = clausesOf(table.slice(1, close));
    layOut(inner, indent + 2, layout);
    start = table.slice(close);
    out.comments(start[0]?.leading.splice(0) ?? [], indent + 2);
  }
  const whole = [...start, ...via, ...on];
  if (canJoin([start, via, on].filter((unit) => unit.length > 0)) && indent + flat(whole, keywords).length <= width) {
    out.unit(whole, [flat(whole, keywords)], indent);
    return;
  }
  const [opened, through] = [endingLine(start), endingLine(via)];
  out.unit(opened, [inOneLine(opened, source, layout)], indent);
  if (via.length > 0) out.unit(through, [inOneLine(through, source, layout)], indent + 2);
  const [first, ...others] = conditionsOf(on).map(endingLine);
  if (!first) return;
  const [word = noPiece, ...rest] = first;
  if (isBroken(first)) out.unit(first, [asWritten(first, source)], indent + 2);
  else {
    const [begin = '', ...more] = expand(rest, indent + valueColumn, layout);
    out.unit(first, [`${flat([word], keywords).padEnd(valueColumn - 3)} ${begin}`, ...more], indent + 2);
  }
  layOutRest(others, indent, layout);
}

const noPiece: Unit[number] = {
  kind: 'end',
  text: '',
  keyword: '',
  start: 0,
  end: 0,
  column: 0,
  breakBefore: false,
  blankBefore: false,
  leading: [],
  trailing: [],
};

function partsOfJoin(body: Unit): { readonly table: Unit; readonly via: Unit; readonly on: Unit } {
  let depth = 0;
  let [via, on] = [body.length, body.length];
  body.forEach((piece, index) => {
    depth += opening(piece);
    if (depth === 0 && piece.keyword === 'via') via = Math.min(via, index);
    if (depth === 0 && piece.keyword === 'on') on = Math.min(on, index);
  });
  return { table: body.slice(0, Math.min(via, on)), via: body.slice(Math.min(via, on), on), on: body.slice(on) };
}

/** Where the bracket closes that these pieces begin with. */
function closeOf(pieces: Unit): number {
  let depth = 0;
  const close = pieces.findIndex((piece) => (depth += opening(piece)) === 0);
  return close < 0 ? pieces.length : close;
}
