import { resolve } from 'node:path';
import { prepareScripts } from '../../run/filter/script-tables.ts';
import type { Plan } from '../../run/plan/plan.ts';
import { countChanges, planWorkspace } from '../../run/plan/plan-workspace.ts';
import { pick } from '../../run/workspace/open-workspace.ts';
import { mustRestOn, openFrom, repeatable, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { recordingOf } from '../history.ts';
import { exitCodes, neverAborted, type Io } from '../io.ts';
import { keptPlan } from '../kept-plan.ts';
import { printPlan } from '../output/plan.ts';
import { openResultFile } from '../result-file.ts';
import { withCollected } from '../vault.ts';

interface PlanCommandOptions extends CommonOptions {
  readonly mapping?: readonly string[];
  readonly roles?: readonly string[];
  readonly out?: string;
  readonly allowIncomplete?: readonly string[];
  readonly exitCode?: boolean;
  readonly requests?: boolean;
}

/** `sollist plan`: what would change, why, and the request of each change. Sends nothing. */
export const addPlan: AddCommand = (program, io, done) => {
  const command = program.command('plan').description('planned changes, with reasons and requests; nothing is sent');
  withCommonOptions(command)
    .option('--mapping <mapping>', 'only this mapping; may be repeated (default: all, unless --roles is given)', repeatable)
    .option('--roles <model>', 'the memberships of this role model; may be repeated', repeatable)
    .option('--out <file>', 'write the plan to a file, too')
    .option('--requests', 'print the request of every change')
    .option('--allow-incomplete <system.table>', 'let deletes and removals rest on this table in this run; may be repeated', repeatable)
    .option('--exit-code', 'end with 4 when there are changes')
    .action(async (options: PlanCommandOptions) => done(await plan(options, io)));
  withExamples(command, [
    ['sollist plan', 'every mapping'],
    ['sollist plan --mapping "New accounts" --requests', 'one mapping, with what would be sent'],
    ['sollist plan --roles development --out plan.json', 'a role model, kept as a file'],
  ]);
};

async function plan(options: PlanCommandOptions, io: Io): Promise<number> {
  const open = openFrom(options, io);
  await prepareScripts(open.workspace);
  const { allowIncomplete = [], mapping = [], roles = [] } = options;
  // A wrong name is said before a missing vault: that it is missing may be the smaller trouble.
  for (const name of mapping) pick('unknown-mapping', 'mapping', 'mappings', open.workspace.mappings, name);
  for (const name of roles) pick('unknown-role-model', 'role model', 'roles', open.workspace.roleModels, name);
  const made = keptPlan(open, recordingOf(open, io, options), { mapping, roles, allowIncomplete }, () =>
    withCollected(open, (vault) =>
      planWorkspace(
        open,
        vault,
        { mappings: mapping, roleModels: roles },
        { env: io.env, today: todayIn(open), allowIncomplete: new Set(allowIncomplete), signal: neverAborted },
      ),
    ),
  );
  mustRestOn(allowIncomplete, made.restsOn);
  const json = `${JSON.stringify(made, undefined, 2)}\n`;
  if (options.out !== undefined) {
    const file = openResultFile(open, resolve(io.cwd, options.out), 'plan');
    file.write(json);
    file.done();
  }
  const isJson = options.format === 'json';
  io.stdout(isJson ? json : printPlan(made, { colour: io.colour && options.color, requests: options.requests === true }));
  if (!isJson && options.quiet !== true) io.stderr(closing(made, options));
  const tripped = made.guards.filter((guard) => guard.tripped);
  if (isJson) for (const { message } of tripped) io.stderr(`${message}\n`);
  if (tripped.length > 0) return exitCodes.guard;
  return options.exitCode === true && countChanges(made) > 0 ? exitCodes.changes : exitCodes.ok;
}

function closing(made: Plan, { out, requests }: PlanCommandOptions): string {
  const count = countChanges(made);
  const hint = count > 0 && requests !== true ? ' --requests shows what would be.' : '';
  return `${count} change${count === 1 ? '' : 's'} planned; nothing was sent.${hint}${out === undefined ? '' : ` The plan is in ${out}.`}\n`;
}
