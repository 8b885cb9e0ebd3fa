import { readFilter } from '../../../model/filter/filter.ts';
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
import { committedText, savedText, type OlderText } from './older-text.ts';

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
 * The rows gained, lost and changed between an older text of a filter and the one of the workspace, on the same vault, the other filters being what
 * they are now. Throws what running the filter throws, `no-git` and `no-older-text`.
 */
export async function filterEffect(open: OpenWorkspace, vault: Vault, wish: EffectWish, run: EffectRun): Promise<FilterEffect> {
  const startedAt = run.now();
  const now = namedFilter(open, wish.filter);
  const older =
    wish.against === 'saved'
      ? savedText(open.folder, now.path)
      : await committedText(open.folder, now.path, wish.revision ?? 'HEAD', run.signal);
  const then = withText(open, now, older);
  // The older text may be the only one with scripts.
  await prepareScripts(then.workspace);
  const newer = sideOf(open, vault, now, wish, run, { title: 'now' });
  const before = olderSide(then, older, vault, wish, run);
  const comparison = await compareSides(before.side, newer.side, run);
  const notes = [
    ...failed(older.title, before.problems()),
    ...failed('the filter as it is now', newer.problems()),
    ...(before.parametersGone.length > 0 ? [`Of the parameters given, ${older.title} has no ${before.parametersGone.join(', ')}.`] : []),
  ];
  return {
    filter: wish.filter,
    against: older.title,
    sameText: older.text === now.bound.document.text,
    comparison: { ...comparison, ...(notes.length > 0 && { notes }) },
    milliseconds: run.now() - startedAt,
    parameters: newer.chosen.used,
    restsOn: basisFrom([...basisOf(vault, before.tables), ...basisOf(vault, newer.tables)]),
  };
}

function failed(title: string, count: number): readonly string[] {
  return count === 0 ? [] : [`In ${title} the script of ${count === 1 ? '1 row' : `${count} rows`} failed; its value counts as null.`];
}

interface ReadySide {
  readonly side: Side;
  readonly chosen: ChosenParameters;
  readonly tables: readonly { readonly system: string; readonly table: string }[];
  /** Rows whose script failed, so far. */
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
    side: { title, columns: made.typedColumns, rows, ...(key !== undefined && { key }) },
    chosen,
    tables: made.tables,
    problems: () => problems,
    parametersGone: [],
  };
}

/** The older text, run as far as it can be with what was given for the newer one; its errors name it. */
function olderSide(then: OpenWorkspace, older: OlderText, vault: Vault, wish: EffectWish, run: EffectRun): ReadySide {
  try {
    const filter = namedFilter(then, wish.filter);
    const declared = new Set(filter.bound.parameters.map(({ name }) => name.text.toLowerCase()));
    const entries = Object.entries(wish.parameters);
    const parameters = Object.fromEntries(entries.filter(([name]) => declared.has(name.toLowerCase())));
    const gone = entries.flatMap(([name]) => (declared.has(name.toLowerCase()) ? [] : [name]));
    return { ...sideOf(then, vault, filter, { ...wish, parameters }, run, { title: older.title }), parametersGone: gone };
  } catch (error) {
    if (!(error instanceof SollistError)) throw error;
    const options = { exitCode: error.exitCode, cause: error, ...(error.subject !== undefined && { subject: error.subject }) };
    throw new SollistError(error.code, `As it is in ${older.title}: ${error.message}`, options);
  }
}

/** The workspace with an older text of one filter. */
function withText(open: OpenWorkspace, { name, path }: NamedFilter, { text }: OlderText): OpenWorkspace {
  const { workspace } = open;
  const filters = new Map(workspace.filters).set(name, { path, name, model: readFilter(text) });
  return { ...open, files: new Map(open.files).set(path, text), workspace: { ...workspace, filters } };
}
