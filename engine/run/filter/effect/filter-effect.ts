import type { BoundFilter } from '../../../model/filter/bound.ts';
import { byCodeUnit } from '../../../model/text/order.ts';
import { basisOf, basisFrom } from '../../plan/basis.ts';
import type { Vault } from '../../vault/vault.ts';
import type { OpenWorkspace } from '../../workspace/open-workspace.ts';
import { SollistError } from '../../error.ts';
import type { FilterEffect } from '../filter-report.ts';
import { filterRows } from '../filter-rows.ts';
import { keyColumnOf, namedFilter, type NamedFilter } from '../named-filter.ts';
import { prepareScripts } from '../script-tables.ts';
import { chooseParameters, type ChosenParameters, type GivenValues } from '../used-parameters.ts';
import { compareSides, countingProblems, type CompareOptions, type Side } from './compare-rows-of.ts';
import { committedFiles, savedFiles, type OlderFiles } from './older-files.ts';
import { lacksModel, olderWorkspace, renamedFrom } from './older-workspace.ts';
import { restsOnFiles } from './rests-on-files.ts';

export interface EffectWish extends GivenValues {
  /** `Name` or `Name[lookup]`. */
  readonly filter: string;
  readonly against: 'saved' | 'commit';
  /** A revision of git; `HEAD` if absent. */
  readonly revision?: string;
}

export interface EffectRun extends CompareOptions {
  /** yyyy-mm-dd */
  readonly today: string;
}

/**
 * The rows gained, lost and changed between an older state of a filter and that of now, on the same vault. The filters it extends and appends, the
 * libraries and the data model are those of then on the older side. Throws what running the filter throws, `no-git` and `no-older-text`.
 */
export async function filterEffect(open: OpenWorkspace, vault: Vault, wish: EffectWish, run: EffectRun): Promise<FilterEffect> {
  const startedAt = run.now();
  const now = namedFilter(open, wish.filter);
  const files =
    wish.against === 'saved'
      ? savedFiles(open.folder)
      : await committedFiles(open.folder, open.files, now.path, wish.revision ?? 'HEAD', run.signal);
  const older = olderOf(open, now, files);
  // The older text may be the only one with scripts.
  await prepareScripts(older.open.workspace);
  const newer = sideOf(open, vault, now, wish, run, { title: 'now' });
  const before = olderSide(older, now, vault, wish, run);
  const comparison = await compareSides(before.side, newer.side, run);
  const alsoChanged = changedBeside(open, now, older, before.bound);
  const notes = [
    ...(lacksModel(open, files) ? [`There is no system in ${files.title}, so the data model of now counts on both sides.`] : []),
    ...(alsoChanged.length > 0 ? [`Other files that it rests on differ, too, and count here: ${alsoChanged.join(', ')}.`] : []),
    ...failed(older.title, before.problems()),
    ...failed('the filter as it is now', newer.problems()),
    ...(before.parametersGone.length > 0 ? [`Of the parameters given, ${older.title} has no ${before.parametersGone.join(', ')}.`] : []),
  ];
  return {
    filter: wish.filter,
    against: older.title,
    sameText: older.open.files.get(older.path) === now.bound.document.text,
    alsoChanged,
    comparison: { ...comparison, ...(notes.length > 0 && { notes }) },
    milliseconds: run.now() - startedAt,
    parameters: newer.chosen.used,
    restsOn: basisFrom([...basisOf(vault, before.tables, open.workspace), ...basisOf(vault, newer.tables, open.workspace)]),
  };
}

/** A filter as it was. */
interface Older {
  readonly open: OpenWorkspace;
  readonly name: string;
  readonly path: string;
  /** `the saved file`, `HEAD (3f2a1b0)`, `filters/Old.filter of HEAD (3f2a1b0)` */
  readonly title: string;
}

/** Finds the filter in older files, by its name or by what is in it. Throws `no-older-text`. */
function olderOf(open: OpenWorkspace, { name, path }: NamedFilter, files: OlderFiles): Older {
  const then = olderWorkspace(open, files);
  if (files.texts.has(path)) return { open: then, name, path, title: files.title };
  if (files.commit === undefined)
    throw new SollistError('no-older-text', `${path} was never saved, so there is nothing to compare with. Save it first.`);
  const was = renamedFrom(open, path, files);
  const file = was === undefined ? undefined : [...then.workspace.filters.values()].find((one) => one.path === was);
  if (file) return { open: then, name: file.name, path: file.path, title: `${file.path} of ${files.title}` };
  throw new SollistError('no-older-text', `${path} is not in the commit ${files.commit}. Commit it, or name another one.`);
}

/** The files beside its own that the filter rests on, now or then, and that differ. */
function changedBeside(open: OpenWorkspace, now: NamedFilter, older: Older, then: BoundFilter): readonly string[] {
  const paths = new Set([...restsOnFiles(open, now.name, now.bound), ...restsOnFiles(older.open, older.name, then)]);
  for (const path of [now.path, older.path]) paths.delete(path);
  return [...paths].filter((path) => open.files.get(path) !== older.open.files.get(path)).sort(byCodeUnit);
}

function failed(title: string, count: number): readonly string[] {
  return count === 0 ? [] : [`In ${title} the script of ${count === 1 ? '1 row' : `${count} rows`} failed; its value counts as null.`];
}

interface ReadySide {
  readonly bound: BoundFilter;
  readonly side: Side;
  readonly chosen: ChosenParameters;
  readonly tables: readonly { readonly system: string; readonly table: string }[];
  /** Rows whose script failed, so far, also those that `limit` or `distinct` then left out. */
  problems(): number;
  /** Parameters that were given and are not declared there. */
  readonly parametersGone: readonly string[];
}

function sideOf(
  open: OpenWorkspace,
  vault: Vault,
  filter: NamedFilter,
  given: GivenValues,
  run: EffectRun,
  { title }: { readonly title: string },
): ReadySide {
  const { bound, name, reference } = filter;
  const chosen = chooseParameters(name, bound.parameters, given, open.workspace.settings.session);
  const made = filterRows(open, vault, reference, chosen.values, run.today);
  const key = keyColumnOf(bound);
  let problems = 0;
  const rows = countingProblems({ [Symbol.iterator]: () => made.rowsWithProblems() }, () => problems++);
  return {
    bound,
    side: { title, columns: made.typedColumns, rows, ...(key !== undefined && { key }) },
    chosen,
    tables: made.tables,
    problems: () => Math.max(problems, made.failedRows()),
    parametersGone: [],
  };
}

/** The older side, run as far as it can be with what was given for the newer one; its errors name it. */
function olderSide(older: Older, now: NamedFilter, vault: Vault, wish: EffectWish, run: EffectRun): ReadySide {
  try {
    const filter = namedFilter(older.open, now.lookup === undefined ? older.name : `${older.name}[${now.lookup}]`);
    const declared = new Set(filter.bound.parameters.map(({ name }) => name.text.toLowerCase()));
    const entries = Object.entries(wish.parameters);
    const parameters = Object.fromEntries(entries.filter(([name]) => declared.has(name.toLowerCase())));
    const gone = entries.flatMap(([name]) => (declared.has(name.toLowerCase()) ? [] : [name]));
    return { ...sideOf(older.open, vault, filter, { ...wish, parameters }, run, { title: older.title }), parametersGone: gone };
  } catch (error) {
    if (!(error instanceof SollistError)) throw error;
    const options = { exitCode: error.exitCode, cause: error, ...(error.subject !== undefined && { subject: error.subject }) };
    throw new SollistError(error.code, `As it is in ${older.title}: ${error.message}`, options);
  }
}
