import type { GroupReport, MemberChange, MemberLine, RoleReport } from '../../run/roles/role-report.ts';
import { printAttention, printBasis } from './basis.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

export interface RolesPrintOptions {
  readonly colour: boolean;
  /** Also those who stay. */
  readonly all: boolean;
  /** The reasons of every line. */
  readonly reasons: boolean;
  /** What the report rests on; a plan says it once for all its parts. */
  readonly basis: boolean;
}

const states: Readonly<Record<string, string>> = { active: 'in force', development: 'in development', history: 'a former model' };

/** Soll against ist for a person: a summary by group, then who is added and removed. */
export function printRoles(report: RoleReport, options: RolesPrintOptions): string {
  const style = createStyle(options.colour);
  const title = `${style.bold(`Role model ${plain(report.model)}`)} ${style.dim(`(${states[report.state] ?? plain(report.state)})`)}\n`;
  const groups = report.groups.map((group) => printGroup(group, report.attention, options, style));
  return [
    title,
    printAttention(report.attention, style),
    '\n',
    printSummary(report.groups, style),
    ...groups,
    options.basis ? printBasis(report.restsOn, style) : '',
  ].join('');
}

function printSummary(groups: readonly GroupReport[], style: Style): string {
  if (groups.length === 0) return 'No role names a group yet.\n';
  const withBlocked = groups.some(({ members }) => members.some(({ blocked }) => blocked !== undefined));
  const rows = groups.map(({ display, members, counts, roles }) => {
    const open = (change: MemberChange): number => members.filter((line) => line.change === change && line.blocked === undefined).length;
    const blocked = members.filter((line) => line.blocked !== undefined).length;
    return [
      plain(display),
      open('add') > 0 ? style.green(`+${open('add')}`) : '0',
      open('remove') > 0 ? style.red(`−${open('remove')}`) : '0',
      ...(withBlocked ? [blocked > 0 ? style.yellow(String(blocked)) : '0'] : []),
      String(counts.stay),
      String(counts.unknown + counts.withheld + counts.kept),
      plain(roles.join(', ')),
    ];
  });
  const head = ['group', 'add', 'remove', ...(withBlocked ? ['blocked'] : []), 'stay', 'other', 'roles'];
  return table([head.map(style.dim), ...rows], { right: withBlocked ? [1, 2, 3, 4, 5] : [1, 2, 3, 4], indent: '  ' });
}

function printGroup(group: GroupReport, attention: readonly string[], options: RolesPrintOptions, style: Style): string {
  const lines = group.members.filter(({ change }) => options.all || change !== 'stay');
  if (lines.length === 0) return '';
  // What blocks many is told once: above, or before the first of them.
  const blocked = [...new Set(lines.flatMap((line) => line.blocked ?? []))].filter(
    (reason) => !attention.some((line) => line.endsWith(reason)),
  );
  return [
    `\n${style.bold(plain(group.display))} ${style.dim(plain(`${group.system}.${group.membership} ${group.group}`))}\n`,
    ...blocked.map((reason) => `  ${style.yellow('!')} blocked: ${plain(reason)}\n`),
    ...lines.map((line) => printLine(line, options, style)),
  ].join('');
}

function printLine(line: MemberLine, { reasons }: RolesPrintOptions, style: Style): string {
  const { change, display, member, blocked } = line;
  const key = display === member ? '' : ` ${style.dim(plain(member))}`;
  const suffix =
    blocked !== undefined
      ? ` ${style.yellow('blocked')}`
      : !reasons && needsWord(change)
        ? ` ${style.dim(plain(line.reasons.at(-1) ?? ''))}`
        : '';
  const why = reasons ? line.reasons.map((reason) => `      ${style.dim(plain(reason))}\n`).join('') : '';
  return `  ${sign(line, style)} ${plain(display)}${key}${suffix}\n${why}`;
}

/** Changes whose sign alone says too little. */
function needsWord(change: MemberChange): boolean {
  return change === 'unknown' || change === 'kept' || change === 'withheld';
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
