import { SollistError } from '../../run/error.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { inspectRoles } from '../../run/roles/inspect-roles.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, repeatable, withCommonOptions, type AddCommand, type CommonOptions } from '../command.ts';
import { today } from '../context.ts';
import { exitCodes } from '../io.ts';
import { narrowReport, type Narrowing } from '../output/narrow-roles.ts';
import { printRoles } from '../output/roles.ts';

interface RolesOptions extends CommonOptions {
  readonly role?: string;
  readonly group?: string;
  readonly member?: string;
  readonly all?: boolean;
  readonly allowIncomplete?: readonly string[];
}

/** `sollist roles <model>`: soll against ist, and why. */
export const addRoles: AddCommand = (program, io, done) => {
  withCommonOptions(program.command('roles').argument('<model>', 'a role model: a folder below roles/').description('soll against ist, and why; nothing is sent'))
    .option('--role <role>', 'only what this role names')
    .option('--group <group>', 'only this group, by key or name')
    .option('--member <member>', 'only this member, by key or name')
    .option('--all', 'also the members who stay')
    .option('--allow-incomplete <system.table>', 'let removals rest on this table in this run; may be repeated', repeatable)
    .action((model: string, options: RolesOptions) => {
      const open = openFrom(options, io);
      const vault = openVault(vaultPath(open));
      try {
        const whole = inspectRoles(open, vault, model, { env: io.env, today: today(), allowIncomplete: new Set(options.allowIncomplete), signal: io.signal });
        const narrowing: Narrowing = {
          ...(options.role !== undefined && { role: options.role }),
          ...(options.group !== undefined && { group: options.group }),
          ...(options.member !== undefined && { member: options.member }),
        };
        if (options.role !== undefined) mustKnow('role', options.role, whole.roles.map(({ role }) => role));
        const report = narrowReport(whole, narrowing);
        if (report.groups.length === 0 && whole.groups.length > 0) {
          const names = options.member !== undefined ? whole.groups.flatMap(({ members }) => members.map(({ display }) => display)) : whole.groups.map(({ display }) => display);
          mustKnow(options.member !== undefined ? 'member' : 'group', options.member ?? options.group ?? '', names);
        }
        const detailed = options.member !== undefined;
        io.stdout(
          options.format === 'json'
            ? `${JSON.stringify(report, undefined, 2)}\n`
            : printRoles(report, { colour: io.colour && options.color, all: options.all === true || detailed, reasons: detailed || options.group !== undefined }),
        );
        if (report.guards.some(({ tripped }) => tripped)) done(exitCodes.guard);
      } finally {
        vault.close();
      }
    });
};

function mustKnow(kind: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new SollistError(`unknown-${kind}`, `This role model names no ${kind} "${name}".${didYouMean(name, names)}`);
}
