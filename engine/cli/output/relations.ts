import type { ColumnRef } from '../../model/system/catalog.ts';
import type { ManyToMany } from '../../model/system/link-tables.ts';
import type { FoundRelations, RelationCandidate, RelationList, RelationMatch } from '../../run/relations/relation-report.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** The relations of a data model for a person, or as records. */
export function printRelations(list: RelationList, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...list }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const rows = list.relations.map(({ from, to, kind, match }) => [
    nameOf(from),
    kind === 'reference' ? '→' : '↔',
    nameOf(to),
    ...(match ? matchCells(match, style) : ['', '', '', '', style.dim('not collected')]),
  ]);
  const head = ['', '', '', 'match', 'left only', 'common', 'right only', ''].map(style.dim);
  const grid = rows.length === 0 ? '' : table([head, ...rows], { right: [3, 4, 5, 6], longest: 80 });
  const links = list.links.map((link) => `  ${linkWords(link)}\n`).join('');
  return `${grid}${links === '' ? '' : `${rows.length > 0 ? '\n' : ''}${style.bold('Many-to-many, through a table')}\n${links}`}`;
}

/** What was found, for a person, or as records; `written` are those that were written into a file. */
export function printFound(
  found: FoundRelations,
  written: { readonly path: string; readonly relations: number } | undefined,
  format: string,
  colour: boolean,
): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...found, ...(written && { written }) }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const rows = found.candidates.map((candidate) => [
    mark(candidate, style),
    nameOf(candidate.from),
    '→',
    nameOf(candidate.to),
    `${candidate.score} %`,
    `${candidate.found} of ${candidate.values}`,
    candidateWords(candidate).join('; '),
  ]);
  return rows.length === 0 ? '' : table(rows, { right: [4, 5], longest: 100 });
}

export function nameOf({ system, table: name, column }: ColumnRef): string {
  return plain(`${system}.${name}.${column}`);
}

function mark({ known, best }: RelationCandidate, style: Style): string {
  if (known) return style.dim('known');
  return best ? style.green('new') : '';
}

function matchCells(match: RelationMatch, style: Style): readonly string[] {
  const { leftOnly, common, rightOnly, score } = match;
  const share = score === undefined ? '–' : `${score} %`;
  return [
    score === undefined ? style.dim(share) : score === 0 ? style.red(share) : score < 90 ? style.yellow(share) : style.green(share),
    String(leftOnly.values),
    String(common.values),
    String(rightOnly.values),
    matchWords(match).join('; '),
  ];
}

function matchWords({ leftEmpty, leftOnly, common, rightOnly, folded, types, score }: RelationMatch): readonly string[] {
  const isRightBare = common.values + rightOnly.values === 0;
  return [
    ...(score === undefined
      ? [`nothing to compare: ${isRightBare ? 'neither side has values' : 'the left side has no values'}`]
      : isRightBare
        ? ['the right side has no values']
        : []),
    ...(leftOnly.samples.length > 0 ? [`left only: ${plain(leftOnly.samples.slice(0, 3).join(', '))}`] : []),
    ...(folded && folded.values > 0 ? [`${folded.values} more without blanks and case`] : []),
    ...(leftEmpty > 0 ? [`${leftEmpty} ${leftEmpty === 1 ? 'row' : 'rows'} without a value`] : []),
    ...(types ? [`${types[0]} and ${types[1]}`] : []),
  ];
}

function candidateWords({ unmatched, folded, sampled, types, doubt, target }: RelationCandidate): readonly string[] {
  return [
    ...(target === 'reference' ? ['a reference key'] : []),
    ...(doubt === undefined ? [] : [doubt]),
    ...(types ? [`${types[0]} and ${types[1]}`] : []),
    ...(folded > 0 ? [`${folded} more without blanks and case`] : []),
    ...(unmatched.length > 0 ? [`not found: ${plain(unmatched.slice(0, 3).join(', '))}`] : []),
    ...(sampled ? ['some of the values'] : []),
  ];
}

/** As `via` says it in a filter. */
function linkWords({ system, table: name, left, right }: ManyToMany): string {
  return plain(`${left.to.table} ↔ ${right.to.table}  via ${system}.${name}(${left.column}, ${right.column})`);
}
