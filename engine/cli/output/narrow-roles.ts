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
  const parts = report.groups
    // One guard a group, in the same order.
    .map((candidate, index) => ({ group: withMembers(candidate, (line) => wanted(line, role, member)), guard: report.guards[index] }))
    .filter(
      ({ group: part }) =>
        (group === undefined || part.group === group || part.display === group) && (role === undefined || part.roles.includes(role)),
    )
    .filter(({ group: part }) => part.members.length > 0 || member === undefined);
  const elsewhere = report.guards.filter(({ tripped }, index) => tripped && !parts.some(({ guard }) => guard === report.guards[index]));
  return {
    ...report,
    // What trips in a part that was not asked for is not said here.
    attention: report.attention.filter((line) => !elsewhere.some(({ message }) => message === line)),
    groups: parts.map((part) => part.group),
    guards: parts.flatMap(({ guard }) => guard ?? []),
  };
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
