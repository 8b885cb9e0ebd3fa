import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { indexLines } from '../../model/text/lines.ts';
import type { ExportedWorkspace } from '../../model/nim/export-workspace.ts';
import { SollistError } from '../../run/error.ts';
import { exportFrom, exportOneFilter, exportText } from '../../run/nim/export-from.ts';
import { openWorkspace, type OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import { withExamples, workspaceFolder, type AddCommand, type CommonOptions } from '../command.ts';
import { exitCodes, type Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { plain } from '../output/table.ts';
import { fileExists } from '../write-new-file.ts';

interface ExportOptions extends CommonOptions {
  readonly filter?: string;
  readonly force?: boolean;
}

/** `sollist export <folder> <file>`: what NIM imports, of a workspace. */
export const addExport: AddCommand = (program, io, done) => {
  const command = program
    .command('export')
    .argument('<folder>', 'the workspace folder')
    .argument('<file>', 'the file to write')
    .description('make an export that NIM imports of a workspace; nothing is sent to NIM')
    .option('--filter <name>', "only this filter, as NIM's configuration folder holds it")
    .option('--force', 'write over a file that is there')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .option('--quiet', 'no closing line')
    .option('--no-color', 'no colours')
    .action((folder: string, file: string, options: ExportOptions) => done(exportNim(folder, file, options, io)));
  withExamples(command, [
    ['sollist export . export.json', 'everything: what was not changed goes back as NIM wrote it'],
    ['sollist export . leavers.json --filter Leavers', 'one filter'],
  ]);
};

function exportNim(folder: string, file: string, options: ExportOptions, io: Io): number {
  const open = openWorkspace(workspaceFolder({ workspace: folder }, io) ?? io.cwd, {});
  const target = resolve(io.cwd, file);
  if (existsSync(target) && options.force !== true) throw fileExists(target, 'Choose another name');
  const now = Date.now();
  const made = options.filter === undefined ? exportFrom(open, now) : exportOneFilter(open, options.filter, now);
  if (made.export) write(target, exportText(made.export));
  io.stdout(options.format === 'json' ? jsonReport(made, open) : textReport(made, open, file, io.colour && options.color));
  if (made.export) return exitCodes.ok;
  if (options.quiet !== true) io.stderr('Nothing was written.\n');
  return exitCodes.problems;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new SollistError('file-unwritable', `${path} cannot be written. Check the folder and its rights.`, { cause: error });
  }
}

/** Where a note stands, from 1. */
function placesOf({ notes }: ExportedWorkspace, { files }: OpenWorkspace): readonly { readonly line?: number; readonly column?: number }[] {
  return notes.map(({ path, span }) => {
    const text = span && files.get(path);
    if (text === undefined) return {};
    const { line, column } = indexLines(text).positionAt(span?.offset ?? 0);
    return { line: line + 1, column: column + 1 };
  });
}

function jsonReport(made: ExportedWorkspace, open: OpenWorkspace): string {
  const places = placesOf(made, open);
  const notes = made.notes.map(({ path, severity, message }, index) => ({ path, ...places[index], severity, message }));
  return `${JSON.stringify({ version: 1, written: made.export !== undefined, kept: made.kept, made: made.made, notes }, undefined, 2)}\n`;
}

function textReport(made: ExportedWorkspace, open: OpenWorkspace, file: string, colour: boolean): string {
  const style = createStyle(colour);
  const places = placesOf(made, open);
  const lines = made.notes.map(({ path, severity, message }, index) => {
    const { line, column } = places[index] ?? {};
    const place = line === undefined ? plain(path) : `${plain(path)}:${line}:${column ?? 1}`;
    return `${place} ${severity === 'error' ? style.red(severity) : severity} ${plain(message)}`;
  });
  const head = made.export ? [`${style.bold(plain(file))} ${style.dim(summary(made))}`] : [];
  return `${[...head, ...lines].join('\n')}\n`;
}

function summary({ made, kept }: ExportedWorkspace): string {
  const filters = (count: number): string => `${count} filter${count === 1 ? '' : 's'}`;
  const ours = made > 0 ? [`${filters(made)} made from ${made === 1 ? 'its' : 'their'} text`] : [];
  const theirs = kept > 0 ? [`${made > 0 ? kept : filters(kept)} as NIM gave ${kept === 1 ? 'it' : 'them'}`] : [];
  return [...ours, ...theirs].join(', ') || 'no filters';
}
