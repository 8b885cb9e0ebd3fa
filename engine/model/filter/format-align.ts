import { opening } from './format-clauses.ts';
import { expand, type Measure } from './format-expand.ts';
import { flat } from './format-flat.ts';
import { asWritten, isBroken, type Unit } from './format-lines.ts';

/** A longer expression moves no other `as`, and parts those above it from those below. */
const widest = 40;

/** Columns of the output one below the other, each `as` below the one before; all lines of each, the first without its indentation. */
export function alignAliases(
  units: readonly Unit[],
  column: number,
  layout: Measure & { readonly source: string },
): readonly (readonly string[])[] {
  const { keywords, source, width } = layout;
  const named = units.map((unit) => {
    const at = aliasAt(unit);
    const value = at > 0 && !isBroken(unit) ? flat(unit.slice(0, at), keywords) : '';
    return value === '' || value.length > widest || /[\r\n]/.test(value) ? undefined : { value, name: flat(unit.slice(at), keywords) };
  });
  const widths = widthsOf(named.map((one, index) => one?.value.length ?? (aliasAt(units[index] ?? []) > 0 ? 'apart' : 0)));
  return units.map((unit, index) => {
    if (isBroken(unit)) return [asWritten(unit, source)];
    const one = named[index];
    const line = one && `${one.value.padEnd(widths[index] ?? 0)} ${one.name}`;
    return line !== undefined && column + line.length <= width ? [line] : expand(unit, column, layout);
  });
}

/** The width each is filled up to: that of the longest of its neighbours, as far as nothing stands apart between them. */
function widthsOf(lengths: readonly (number | 'apart')[]): readonly number[] {
  const widths: number[] = [];
  let run: number[] = [];
  for (const length of [...lengths, 'apart' as const]) {
    if (length !== 'apart') {
      run.push(length);
      continue;
    }
    const longest = Math.max(0, ...run);
    widths.push(...run.map(() => longest), 0);
    run = [];
  }
  return widths;
}

/** Where `as` stands outside of brackets. */
function aliasAt(unit: Unit): number {
  let depth = 0;
  return unit.findIndex((piece) => {
    depth += opening(piece);
    return depth === 0 && piece.keyword === 'as';
  });
}
