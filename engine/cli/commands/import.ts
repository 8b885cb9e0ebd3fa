import { relative, resolve } from 'node:path';
import { Option } from 'commander';
import { importInto, type ImportReport } from '../../run/nim/import-into.ts';
import { withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { plain } from '../output/table.ts';

interface ImportOptions extends CommonOptions {
  readonly force?: boolean;
}

/** `sollist import <export> <folder>`: a workspace from what NIM exported. */
export const addImport: AddCommand = (program, io) => {
  const command = program
    .command('import')
    .argument('<source>', "NIM's export, the JSON of one filter, or its configuration folder")
    .argument('<folder>', 'the workspace folder; it is made where there is none')
    .description('make a workspace of what NIM exported: filters as text, systems, relations, lookup tables')
    .option('--force', 'write over files that are there with other content')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .option('--quiet', 'no closing line')
    .option('--no-color', 'no colours')
    .action((source: string, folder: string, options: ImportOptions) => importNim(source, folder, options, io));
  withExamples(command, [
    ['sollist import export.json my-workspace', 'a whole or partial export'],
    ['sollist import C:/ProgramData/Tools4ever/NIM/config my-workspace', "NIM's configuration folder"],
    ['sollist import ad_users.json . --force', 'one filter, over the one that is there'],
  ]);
};

function importNim(source: string, folder: string, options: ImportOptions, io: Io): void {
  const report = importInto(resolve(io.cwd, source), resolve(io.cwd, folder), options.force === true);
  io.stdout(options.format === 'json' ? jsonReport(report) : textReport(report, folder, io.colour && options.color));
  if (options.format === 'text' && options.quiet !== true) {
    const shown = relative(io.cwd, report.folder) || '.';
    io.stderr(`Next: sollist check --workspace ${/\s/.test(shown) ? JSON.stringify(shown) : shown}\n`);
  }
}

function jsonReport({ written, replaced, same, notes }: ImportReport): string {
  return `${JSON.stringify({ version: 1, written, replaced, same, notes }, undefined, 2)}\n`;
}

/** Notes of one kind would fill the screen. */
const mostNotes = 40;

function textReport({ written, replaced, same, notes }: ImportReport, folder: string, colour: boolean): string {
  const style = createStyle(colour);
  const counts = new Map<string, number>();
  for (const path of [...written, ...replaced]) {
    const place = path.startsWith('nim/') ? 'nim/' : path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : path;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const width = Math.max(0, ...[...counts.keys()].map((place) => place.length));
  const lines = [...counts]
    .sort(([a], [b]) => Number(a.startsWith('nim')) - Number(b.startsWith('nim')) || (a < b ? -1 : 1))
    .map(([place, count]) =>
      `  ${place.padEnd(width)}  ${place.endsWith('/') ? counted(count, 'file') : ''}${about.get(place) ?? ''}`.trimEnd(),
    );
  const head = `${style.bold(plain(folder))} ${style.dim(
    [
      counted(written.length, 'file') + ' written',
      ...(replaced.length > 0 ? [`${replaced.length} replaced`] : []),
      ...(same.length > 0 ? [`${same.length} the same`] : []),
    ].join(', '),
  )}`;
  const shown = notes.slice(0, mostNotes).map(({ path, message }) => `  ${plain(path)}: ${plain(message)}`);
  const more = notes.length > mostNotes ? [style.dim(`  and ${notes.length - mostNotes} more; --format json lists all`)] : [];
  const kept = keptOnly([...written, ...replaced, ...same]);
  if (kept !== '') lines.push('', `Kept for NIM only: ${kept}. Nothing here is made of them; an export gives them back as they are.`);
  const look = notes.length > 0 ? ['', style.bold('To look at'), ...shown, ...more] : [];
  return `${[head, ...lines, ...look].join('\n')}\n`;
}

const about: ReadonlyMap<string, string> = new Map([['nim/', ', all of it as NIM gave it; an export gives back what was not changed']]);

/** Kinds of things that files are made of; the others are kept under `nim/` alone. */
const made: ReadonlySet<string> = new Set(['system', 'filter', 'lookup-table', 'relation', 'global-variable']);

/** `23 audit queries, 18 apps, 1 job`: the most first. */
function keptOnly(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const kind = /^nim\/([^/]+)\//.exec(path)?.[1];
    if (kind !== undefined && !made.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([kind, count]) => kindCounted(kind, count))
    .join(', ');
}

function kindCounted(kind: string, count: number): string {
  const words = kind === 'ldap' ? 'LDAP setting' : kind === 'settings' ? 'setting' : kind.replaceAll('-', ' ');
  return count === 1 ? `1 ${words}` : `${count} ${words.replace(/y$/, 'ie')}s`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
