import type { ColumnRef } from '../../../engine/model/system/catalog.ts';
import type { ListedRelation, MatchSide, RelationCandidate, RelationMatch } from '../../../engine/run/relations/relation-report.ts';

/** One line of a list a person picks from. */
export interface Line {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

export function columnName({ system, table, column }: ColumnRef): string {
  return `${system}.${table}.${column}`;
}

/** `persons.unit → units.code`, with how many values speak for it and what speaks against it. */
export function candidateLine({
  from,
  to,
  target,
  score,
  found,
  values,
  sampled,
  unmatched,
  folded,
  types,
  doubt,
}: RelationCandidate): Line {
  const isInside = from.system === to.system;
  const name = (side: ColumnRef): string => (isInside ? `${side.table}.${side.column}` : columnName(side));
  const remarks = [
    ...(doubt === undefined ? [] : [doubt]),
    ...(types ? [`${types[0]} and ${types[1]}, which are never equal`] : []),
    ...(folded > 0 ? [`${String(folded)} more without blanks and case`] : []),
    ...(unmatched.length > 0 ? [`not found: ${unmatched.slice(0, 3).join(', ')}`] : []),
  ];
  return {
    label: `${name(from)} → ${name(to)}`,
    description: `${String(score)} % · ${String(found)} of ${String(values)}${sampled ? ' looked at' : ''}${target === 'reference' ? ' · reference key' : ''}`,
    ...(remarks.length > 0 && { detail: remarks.join(' · ') }),
  };
}

/** A relation of the data model with its match. */
export function relationLine({ kind, from, to, match }: ListedRelation): Line {
  return {
    label: `${columnName(from)} ${kind === 'reference' ? '→' : '↔'} ${columnName(to)}`,
    description: match
      ? `${shareWords(match)} · ${String(match.leftOnly.values)} left only · ${String(match.common.values)} common · ${String(match.rightOnly.values)} right only`
      : 'not collected',
  };
}

/** The share of the left values that are found. */
export function shareWords({ score }: RelationMatch): string {
  return score === undefined ? 'nothing to compare' : `${String(score)} %`;
}

/** How the values of two columns meet, line by line. */
export function matchLines(match: RelationMatch): readonly Line[] {
  const { from, to, leftOnly, common, rightOnly, leftEmpty, rightEmpty, folded, types } = match;
  return [
    side(`Only in ${columnName(from)}`, leftOnly),
    side('In both', common),
    side(`Only in ${columnName(to)}`, rightOnly),
    { label: 'Rows without a value', description: `${String(leftEmpty)} left · ${String(rightEmpty)} right` },
    ...(folded && folded.values > 0
      ? [
          {
            label: 'Would match without blanks and case',
            description: `${String(folded.values)} values`,
            detail: folded.samples.map(([left, right]) => `${left} = ${right}`).join(', '),
          },
        ]
      : []),
    ...(types
      ? [{ label: 'Unlike types', description: `${types[0]} and ${types[1]}`, detail: 'A text never equals a number in a join.' }]
      : []),
  ];
}

function side(label: string, { values, rows, samples }: MatchSide): Line {
  return {
    label,
    description: `${String(values)} ${values === 1 ? 'value' : 'values'} in ${String(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    ...(samples.length > 0 && { detail: samples.join(', ') }),
  };
}
