import type { GroupReport, MemberLine, RoleReport } from '../../run/roles/role-report.ts';
import { printAttention, printBasis } from './basis.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

export interface RolesPrintOptions {
  readonly colour: boolean;
  /** Also those who stay. */
  readonly all: boolean;
  /** The reasons of every line. */
  readonly reasons: boolean;
}

/** Soll against ist for a person: a summary by group, then who is added and removed. */
export function printRoles(report: RoleReport, options: RolesPrintOptions): string {
  const style = createStyle(options.colour);
  const summary = table(
    [
      ['group', 'add', 'remove', 'stay', 'other', 'roles'].map(style.dim),
      ...report.groups.map(({ display, counts, roles }) => [
        plain(display),
        counts.add > 0 ? style.green(`+${counts.add}`) : '0',
        counts.remove > 0 ? style.red(`−${counts.remove}`) : '0',
        String(counts.stay),
        String(counts.unknown + counts.withheld + counts.kept),
        roles.join(', '),
      ]),
    ],
    { right: [1, 2, 3, 4], indent: '  ' },
  );
  const groups = report.groups.map((group) => printGroup(group, options, style)).join('');
  return `${style.bold(`Role model ${report.model}`)} ${style.dim(`(${report.state})`)}\n${printAttention(report.attention, style)}${summary}${groups}${printBasis(report.restsOn, style)}`;
}

function printGroup(group: GroupReport, options: RolesPrintOptions, style: Style): string {
  const lines = group.members.filter(({ change }) => options.all || change !== 'stay');
  if (lines.length === 0) return '';
  const shown = lines.map((line) => `  ${sign(line, style)} ${plain(line.display)} ${style.dim(line.member)}${line.blocked === undefined ? '' : style.yellow(` blocked: ${line.blocked}`)}\n${
    options.reasons ? line.reasons.map((reason) => `      ${style.dim(plain(reason))}\n`).join('') : ''
  }`);
  return `\n${style.bold(plain(group.display))} ${style.dim(`${group.system}.${group.membership} ${group.group}`)}\n${shown.join('')}`;
}

function sign({ change }: MemberLine, style: Style): string {
  switch (change) {
    case 'add':
      return style.green('+');
    case 'remove':
      return style.red('−');
    case 'stay':
      return '=';
    case 'unknown':
      return style.yellow('?');
    case 'kept':
    case 'withheld':
      return style.dim('·');
  }
}
