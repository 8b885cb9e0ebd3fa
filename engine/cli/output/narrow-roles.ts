import type { GroupReport, MemberChange, MemberLine, RoleReport } from '../../run/roles/role-report.ts';

/** Which part of a report is asked for. */
export interface Narrowing {
  readonly role?: string;
  readonly group?: string;
  readonly member?: string;
}

/** The part of a report that was asked for; groups without a line left are left out. Counts are those of the lines that remain. */
export function narrowReport(report: RoleReport, narrowing: Narrowing): RoleReport {
  if (Object.keys(narrowing).length === 0) return report;
  const { role, group, member } = narrowing;
  const groups = report.groups
    .filter((candidate) => (group === undefined || candidate.group === group || candidate.display === group) && (role === undefined || candidate.roles.includes(role)))
    .map((candidate) => withMembers(candidate, (line) => wanted(line, role, member)))
    .filter(({ members }) => members.length > 0);
  const subjects = new Set(groups.map(({ display }) => `role model ${report.model}, group ${display}`));
  return { ...report, groups, guards: report.guards.filter(({ subject }) => subjects.has(subject)) };
}

function wanted(line: MemberLine, role: string | undefined, member: string | undefined): boolean {
  if (member !== undefined && line.member !== member && line.display !== member) return false;
  // Somebody no role names is removed because of every role of the group together.
  return role === undefined || line.roles.includes(role) || line.roles.length === 0;
}

function withMembers(group: GroupReport, keep: (line: MemberLine) => boolean): GroupReport {
  const members = group.members.filter(keep);
  const counts: Record<MemberChange, number> = { add: 0, remove: 0, stay: 0, kept: 0, withheld: 0, unknown: 0 };
  for (const { change } of members) counts[change]++;
  return { ...group, members, counts };
}
