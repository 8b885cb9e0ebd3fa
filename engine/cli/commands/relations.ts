import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { didYouMean } from '../../model/text/nearest.ts';
import { findCatalogTable, type ColumnRef } from '../../model/system/catalog.ts';
import { keyColumns } from '../../model/system/key-columns.ts';
import { writeInterSystem, writeReferences } from '../../model/system/write-relations.ts';
import { SollistError } from '../../run/error.ts';
import { findBetween, findRelations } from '../../run/relations/find-relations.ts';
import { listRelations } from '../../run/relations/list-relations.ts';
import type { FoundRelations, RelationCandidate } from '../../run/relations/relation-report.ts';
import { systemClock } from '../../run/system-clock.ts';
import { readVault } from '../../run/vault/read-vault.ts';
import type { VaultReader } from '../../run/vault/vault.ts';
import { refuseOwn, systemToRun, vaultPath, type OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import { openFrom, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import type { Io } from '../io.ts';
import { printFound, printRelations } from '../output/relations.ts';
import { readCollected } from '../vault.ts';

interface RelationOptions extends CommonOptions {
  readonly find?: boolean;
  readonly write?: boolean;
  readonly between?: readonly string[];
}

/** `sollist relations [system]`: the relations of the data model, how far real values match, and which there could be. */
export const addRelations: AddCommand = (program, io) => {
  const command = program
    .command('relations')
    .argument('[system]', 'only the relations of this system')
    .description('the relations of the data model, held against the collected values; find new ones');
  withCommonOptions(command)
    .option('--find', 'look for relations of the system: columns whose values are keys of another table')
    .option('--between <table...>', 'look for relations between two tables, such as hr.persons directory.users')
    .option('--write', 'with --find or --between: write the relations marked "new" into the file of the system, or relations.json')
    .action((system: string | undefined, options: RelationOptions) => relations(system, options, io));
  withExamples(command, [
    ['sollist relations', 'every relation, and how many values each side has alone and in common'],
    ['sollist relations hr --find', 'relations that the values of hr speak for'],
    ['sollist relations hr --find --write', 'the sure ones into systems/hr.json'],
    ['sollist relations --between hr.persons directory.users', 'columns two systems could be related by'],
  ]);
};

function relations(system: string | undefined, options: RelationOptions, io: Io): void {
  const open = openFrom(options, io);
  if (system !== undefined) systemToRun(open, system);
  if (options.between) find(open, options, io, (vault) => between(open, vault, options.between ?? []), 'relations.json');
  else if (options.find === true) {
    if (system === undefined) throw new SollistError('usage', '--find needs a system, such as "sollist relations hr --find".');
    find(open, options, io, (vault) => within(open, vault, system), `systems/${system}.json`);
  } else {
    if (options.write === true) throw new SollistError('usage', '--write goes with --find or --between.');
    list(open, system, options, io);
  }
}

function list(open: OpenWorkspace, system: string | undefined, options: RelationOptions, io: Io): void {
  const vault = readVault(vaultPath(open));
  try {
    const found = listRelations(open.workspace.catalog, vault, system);
    io.stdout(printRelations(found, options.format, io.colour && options.color));
    if (options.quiet === true) return;
    if (found.relations.length === 0)
      io.stderr(
        `The data model has no relations${system === undefined ? '' : ` of ${system}`} yet. "sollist relations <system> --find" looks for some.\n`,
      );
    if (found.notCollected.length > 0) io.stderr(notCollected(found.notCollected));
  } finally {
    vault?.close();
  }
}

function find(open: OpenWorkspace, options: RelationOptions, io: Io, look: (vault: VaultReader) => FoundRelations, path: string): void {
  readCollected(open, (vault) => {
    const found = look(vault);
    const fresh = found.candidates.filter(({ best, known }) => best && !known);
    const written = options.write === true && fresh.length > 0 ? { path, relations: fresh.length } : undefined;
    if (written) write(open, path, fresh);
    io.stdout(printFound(found, written, options.format, io.colour && options.color));
    if (options.quiet === true) return;
    if (found.candidates.length === 0) io.stderr('No column has values that are mostly those of a key.\n');
    if (found.stopped) io.stderr('Not everything was looked at: that would have taken too long.\n');
    if (found.notCollected.length > 0) io.stderr(notCollected(found.notCollected));
    if (written) io.stderr(`${written.relations} ${written.relations === 1 ? 'relation' : 'relations'} written into ${path}.\n`);
    else if (options.write === true) io.stderr('Nothing was written: there is no new relation that is sure.\n');
    else if (fresh.length > 0) io.stderr(`With --write those marked "new" are written into ${path}.\n`);
  });
}

function within(open: OpenWorkspace, vault: VaultReader, name: string): FoundRelations {
  const { system, connector } = systemToRun(open, name);
  return findRelations(vault, open.workspace.catalog, keyColumns(system, connector), name, { now: systemClock.now });
}

function between(open: OpenWorkspace, vault: VaultReader, names: readonly string[]): FoundRelations {
  const [left, right, more] = names;
  if (left === undefined || right === undefined || more !== undefined)
    throw new SollistError('usage', '--between takes two tables, such as "--between hr.persons directory.users".');
  const [one, other] = [tableNamed(open, left), tableNamed(open, right)];
  if (one.system === other.system) {
    throw new SollistError(
      'usage',
      `Both tables are of ${one.system}: "sollist relations ${one.system} --find" looks for relations within a system.`,
    );
  }
  return findBetween(vault, open.workspace.catalog, one, other, { now: systemClock.now });
}

/** `system.table`; both names may hold dots. */
function tableNamed({ workspace }: OpenWorkspace, name: string): Pick<ColumnRef, 'system' | 'table'> {
  const all = workspace.catalog.tables.map(({ system, table }) => ({ system, table, name: `${system}.${table}` }));
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name);
  throw new SollistError('unknown-table', `No system collects a table "${name}".${didYouMean(name, names)}`, { subject: name });
}

function write(open: OpenWorkspace, path: string, wanted: readonly RelationCandidate[]): void {
  if (open.files.has(path)) refuseOwn(open, path);
  const text = open.files.get(path);
  const { catalog } = open.workspace;
  const made =
    path === 'relations.json'
      ? writeInterSystem(text, wanted)
      : writeReferences(text, wanted, ({ system, table, column }) => findCatalogTable(catalog, system, table)?.key === column);
  const file = join(open.folder, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made);
  } catch (error) {
    throw new SollistError('file-unwritable', `${path} cannot be written. Check the folder and its rights.`, { cause: error });
  }
}

function notCollected(tables: readonly string[]): string {
  return `Not collected, so not looked at: ${tables.join(', ')}.\n`;
}
