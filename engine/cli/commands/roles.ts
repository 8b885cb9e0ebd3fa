import { SollistError } from '../../run/error.ts';
import { prepareScripts } from '../../run/filter/script-tables.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { inspectRoles } from '../../run/roles/inspect-roles.ts';
import { pick } from '../../run/workspace/open-workspace.ts';
import { rolesEnding } from '../../run/runs/outcome-of.ts';
import { kept } from '../../run/runs/record-run.ts';
import type { RoleReport } from '../../run/roles/role-report.ts';
import { mustRestOn, openFrom, repeatable, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { environmentOf, recordingOf } from '../history.ts';
import { exitCodes, neverAborted, type Io } from '../io.ts';
import { narrowReport, type Narrowing } from '../output/narrow-roles.ts';
import { printRoles } from '../output/roles.ts';
import { withCollected } from '../vault.ts';

interface RolesOptions extends CommonOptions {
  readonly role?: string;
  readonly group?: string;
  readonly member?: string;
  readonly all?: boolean;
  readonly allowIncomplete?: readonly string[];
}

/** `sollist roles <model>`: soll against ist, and why. */
export const addRoles: AddCommand = (program, io, done) => {
  const command = program
    .command('roles')
    .argument('<model>', 'a role model: a folder below roles/')
    .description('who a role model would add and remove, and why; nothing is sent');
  withCommonOptions(command)
    .option('--role <role>', 'only what this role names')
    .option('--group <group>', 'only this group, by key or name, with reasons')
    .option('--member <member>', 'only this member, by key or name, with reasons')
    .option('--all', 'also the members who stay')
    .option('--allow-incomplete <system.table>', 'let removals rest on this table in this run; may be repeated', repeatable)
    .action(async (model: string, options: RolesOptions) => done(await roles(model, options, io)));
  withExamples(command, [
    ['sollist roles development', 'every group of the model'],
    ['sollist roles development --group IT', 'one group, and why'],
    ['sollist roles development --member "Jane Doe"', 'one person, in every group'],
  ]);
};

async function roles(model: string, options: RolesOptions, io: Io): Promise<number> {
  const open = openFrom(options, io);
  await prepareScripts(open.workspace);
  const { allowIncomplete = [], role, group, member } = options;
  pick('unknown-role-model', 'role model', 'roles', open.workspace.roleModels, model);
  const settings = { env: io.env, today: todayIn(open), allowIncomplete: new Set(allowIncomplete), signal: neverAborted };
  const whole = await kept(
    { kind: 'roles', subject: model, ...environmentOf(open), inputs: { model, ...(allowIncomplete.length > 0 && { allowIncomplete }) } },
    recordingOf(open, io, options),
    () => withCollected(open, (vault) => inspectRoles(open, vault, model, settings)),
    (report) => ({ report, ...rolesEnding(report) }),
  );
  mustRestOn(allowIncomplete, whole.restsOn);
  const narrowing: Narrowing = {
    ...(role !== undefined && { role }),
    ...(group !== undefined && { group }),
    ...(member !== undefined && { member }),
  };
  mustKnowAll(whole, narrowing);
  const report = narrowReport(whole, narrowing);
  const isJson = options.format === 'json';
  const detailed = member !== undefined;
  io.stdout(
    isJson
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : printRoles(report, {
          colour: io.colour && options.color,
          all: options.all === true || detailed,
          reasons: detailed || group !== undefined,
          basis: true,
        }),
  );
  if (!isJson && options.quiet !== true) io.stderr('Nothing was sent.\n');
  const tripped = report.guards.filter((guard) => guard.tripped);
  if (isJson) for (const { message } of tripped) io.stderr(`${message}\n`);
  return tripped.length > 0 ? exitCodes.guard : exitCodes.ok;
}

function mustKnowAll(report: RoleReport, { role, group, member }: Narrowing): void {
  if (role !== undefined)
    mustKnow(
      'The model has no role',
      role,
      report.roles.map((summary) => summary.role),
    );
  if (group !== undefined)
    mustKnow(
      'No role of the model names a group',
      group,
      report.groups.flatMap((one) => [one.display, one.group]),
    );
  if (member === undefined) return;
  const lines = report.groups.flatMap(({ members }) => members);
  mustKnow(
    'No group of the model has or wants a member',
    member,
    lines.flatMap((line) => [line.display, line.member]),
  );
}

function mustKnow(what: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const known = [...new Set(names)];
  const list = known.length === 0 ? ' There is none yet.' : known.length <= 12 ? ` There are: ${known.join(', ')}.` : '';
  throw new SollistError('unknown-name', `${what} "${name}".${didYouMean(name, known)}${list}`);
}
