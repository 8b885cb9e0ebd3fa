import type { TableVersion } from '../../run/records.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** The versions of tables for a person, or as the records themselves. */
export function printVersions(versions: readonly TableVersion[], format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, versions }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const names = [...new Set(versions.map(nameOf))];
  return names
    .map((name) => {
      const rows = versions.filter((version) => nameOf(version) === name).map((version) => line(version, style));
      const grid = table([['version', '', 'collected', 'rows', ''].map(style.dim), ...rows], { right: [0, 3], indent: '  ', longest: 160 });
      return `${style.bold(plain(name))}\n${grid}`;
    })
    .join('\n');
}

/** A version as a sentence names it. */
export function versionWords({ id, evidence }: TableVersion): string {
  return `version ${id} (${evidence.rows} row${evidence.rows === 1 ? '' : 's'}, collected ${timeOf(evidence.endedAt)})`;
}

export function nameOf({ system, table: name }: TableVersion): string {
  return `${system}.${name}`;
}

function line({ id, state, evidence, pinned, limited, loadedAt }: TableVersion, style: Style): readonly string[] {
  const { drift } = evidence;
  const change = drift ? evidence.rows - drift.rowsBefore : 0;
  const words = [
    ...(pinned ? ['pinned'] : []),
    ...(loadedAt === undefined ? [] : [`loaded ${timeOf(loadedAt)}`]),
    ...(limited ? ['with a limit'] : []),
    evidence.complete ? 'complete' : style.yellow('not proven complete'),
    ...(change === 0 ? [] : [`${change > 0 ? '+' : '−'}${Math.abs(change)} rows`]),
    ...(drift && drift.columnsNew.length > 0 ? [`new columns: ${plain(drift.columnsNew.join(', '))}`] : []),
    ...(drift && drift.columnsGone.length > 0 ? [`columns gone: ${plain(drift.columnsGone.join(', '))}`] : []),
  ];
  return [String(id), stateWord(state, style), timeOf(evidence.endedAt), String(evidence.rows), words.join('; ')];
}

function stateWord(state: TableVersion['state'], style: Style): string {
  switch (state) {
    case 'current':
      return style.green('current');
    case 'past':
      return 'past';
    case 'held-back':
      return style.red('held back');
  }
}

/** To the second, in universal time. */
function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
