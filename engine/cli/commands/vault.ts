import type { Command } from 'commander';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../../run/error.ts';
import type { TableVersion } from '../../run/records.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { Vault, VaultReader } from '../../run/vault/vault.ts';
import { openFrom, parseCount, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import type { Io } from '../io.ts';
import { printComparison } from '../output/comparison.ts';
import { nameOf, printVersions, versionWords } from '../output/versions.ts';
import { plain } from '../output/table.ts';
import { readCollected, withCollected } from '../vault.ts';

/** `sollist vault`: the collections of each table that are kept. */
export const addVault: AddCommand = (program, io) => {
  const command = program.command('vault').description('the versions of collected tables: list, compare, load an older one, pin, drop');
  withExamples(command, [
    ['sollist vault', 'every version of every table'],
    ['sollist vault compare hr.persons', 'what the last collection changed'],
    ['sollist vault load hr.persons held-back', 'use what a guard kept aside'],
    ['sollist vault pin hr.persons 12', 'keep version 12 whatever the retention says'],
  ]);
  const version = 'a number from the list, or: current, previous, held-back';

  const list = command.command('list', { isDefault: true }).argument('[table]', 'only this table, such as hr.persons, or system');
  withCommonOptions(list.description('what is kept, the newest first')).action((name: string | undefined, options: CommonOptions) =>
    reading(options, io, (vault) => {
      const versions = versionsOf(vault, name);
      io.stdout(printVersions(versions, options.format, io.colour && options.color));
      if (versions.length === 0 && options.quiet !== true) io.stderr(noVersions);
    }),
  );

  const compare = command
    .command('compare')
    .argument('<table>', 'such as hr.persons')
    .argument('[before]', version, 'previous')
    .argument('[after]', version, 'current');
  withCommonOptions(compare.description('what differs between two versions of a table'))
    .option('--limit <rows>', 'show at most so many differences')
    .action((name: string, before: string, after: string, options: CommonOptions & { readonly limit?: string }) =>
      reading(options, io, (vault) => {
        const versions = versionsOf(vault, name);
        const limit = options.limit === undefined ? {} : { limit: parseCount(options.limit, '--limit') };
        const comparison = vault.compare(choose(versions, name, before).id, choose(versions, name, after).id, limit);
        io.stdout(printComparison(comparison, options.format, io.colour && options.color));
      }),
    );

  changing(command, io, version, 'load', 'make a version the current one, with its child tables', (vault, chosen) =>
    vault.load(chosen.id, systemClock.now()).map((each) => `${nameOf(each)} holds ${versionWords(each)} now.`),
  );
  changing(command, io, version, 'pin', 'keep a version whatever the retention says', (vault, chosen) => {
    vault.pin(chosen.id, true);
    return [`${nameOf(chosen)}: ${versionWords(chosen)} is pinned.`];
  });
  changing(command, io, version, 'unpin', 'leave a version to the retention again', (vault, chosen) => {
    vault.pin(chosen.id, false);
    return [`${nameOf(chosen)}: ${versionWords(chosen)} is no longer pinned.`];
  });
  changing(command, io, version, 'drop', 'throw a version away that is not current', (vault, chosen) => {
    vault.drop(chosen.id);
    return [`${nameOf(chosen)}: ${versionWords(chosen)} is gone.`];
  });
};

/** A collection that failed before its first table leaves a vault with nothing in it. */
const noVersions =
  'Nothing has been collected yet: the vault is empty. "sollist runs" says what was tried; "sollist collect <system>" fills it.\n';

/** What `vault` can be followed by. */
const parts = ['list', 'compare', 'load', 'pin', 'unpin', 'drop'];

/** A command that changes one version; `work` says what it did. */
function changing(
  parent: Command,
  io: Io,
  version: string,
  name: string,
  does: string,
  work: (vault: Vault, chosen: TableVersion) => readonly string[],
): void {
  const command = parent.command(name).argument('<table>', 'such as hr.persons').argument('<version>', version).description(does);
  withCommonOptions(command).action((table: string, wanted: string, options: CommonOptions) =>
    withCollected(openFrom(options, io), (vault) => {
      const lines = work(vault, choose(versionsOf(vault, table), table, wanted));
      if (options.format === 'json') io.stdout(printVersions(versionsOf(vault, table), 'json', false));
      else io.stdout(lines.map((line) => `${plain(line)}\n`).join(''));
    }),
  );
}

function reading(options: CommonOptions, io: Io, work: (vault: VaultReader) => void): void {
  readCollected(openFrom(options, io), work);
}

/** The versions of a table (`hr.persons`) or of a system (`hr`); all without a name. Throws `unknown-table`. */
function versionsOf(vault: VaultReader, name: string | undefined): readonly TableVersion[] {
  const all = vault.versions();
  if (name === undefined) return all;
  const found = all.filter((each) => nameOf(each) === name || each.system === name);
  if (found.length > 0) return found;
  const known = [...new Set(all.map(nameOf))];
  const meant = didYouMean(name, known) || (name.includes('.') ? '' : didYouMean(name, parts));
  const has = known.length === 0 ? 'Nothing has been collected yet.' : `It has: ${known.slice(0, 20).join(', ')}.`;
  throw new SollistError('unknown-table', `The vault has no table "${name}".${meant} ${has}`, {
    subject: name,
  });
}

function choose(versions: readonly TableVersion[], name: string, wanted: string): TableVersion {
  const found = versions.find((each) => nameOf(each) === name && (String(each.id) === wanted || isCalled(each, wanted)));
  if (found) return found;
  const ids = versions.map(({ id, state }) => `${id} (${state})`).join(', ');
  throw new SollistError('unknown-version', `${name} has no version "${wanted}". It has: ${ids}.`, { subject: wanted });
}

/** The newest of a kind: versions come newest first. */
function isCalled({ state }: TableVersion, word: string): boolean {
  return state === (word === 'previous' ? 'past' : word);
}
