import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { countChanges, planWorkspace } from '../../run/plan/plan-workspace.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, repeatable, withCommonOptions, type AddCommand, type CommonOptions } from '../command.ts';
import { today } from '../context.ts';
import { exitCodes } from '../io.ts';
import { printPlan } from '../output/plan.ts';

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
  withCommonOptions(program.command('plan').description('planned changes, with reasons and requests; nothing is sent'))
    .option('--mapping <mapping>', 'only this mapping; may be repeated (default: all, unless --roles is given)', repeatable)
    .option('--roles <model>', 'the memberships of this role model; may be repeated', repeatable)
    .option('--out <file>', 'write the plan to a file')
    .option('--requests', 'print the request of every change')
    .option('--allow-incomplete <system.table>', 'let deletes and removals rest on this table in this run; may be repeated', repeatable)
    .option('--exit-code', 'end with 4 when there are changes')
    .action((options: PlanCommandOptions) => {
      const open = openFrom(options, io);
      const vault = openVault(vaultPath(open));
      try {
        const plan = planWorkspace(
          open,
          vault,
          { mappings: options.mapping ?? [], roleModels: options.roles ?? [] },
          { env: io.env, today: today(), allowIncomplete: new Set(options.allowIncomplete), signal: io.signal },
        );
        const json = `${JSON.stringify(plan, undefined, 2)}\n`;
        if (options.out !== undefined) writeFileSync(resolve(io.cwd, options.out), json);
        io.stdout(options.format === 'json' ? json : printPlan(plan, { colour: io.colour && options.color, requests: options.requests === true }));
        if (plan.guards.some(({ tripped }) => tripped)) done(exitCodes.guard);
        else if (options.exitCode === true && countChanges(plan) > 0) done(exitCodes.changes);
      } finally {
        vault.close();
      }
    });
};
