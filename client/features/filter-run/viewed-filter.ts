import { runHeading } from '../../infrastructure/run-words.ts';
import type { ViewedRun } from '../../infrastructure/run-view.ts';
import type { Runs } from '../../infrastructure/run.ts';
import type { FilterFrame, FilterTab, ParameterValues } from '../../webviews/run/filter/questions.ts';
import { answerOf, type AskedFilter } from './answers.ts';
import type { FoundFilter } from './find-filter.ts';
import { goTo } from './go-to.ts';
import type { Remembered } from './remembered.ts';

export interface FilterWish extends FoundFilter {
  readonly given: ParameterValues;
  /** What to look at first; nothing runs then. */
  readonly opens?: FilterTab;
}

/** A filter as the run panel shows it: its form, its rows as they come, and what may be asked of it. */
export async function viewedFilter(wish: FilterWish, runs: Runs, remembered: Remembered): Promise<ViewedRun> {
  const { folder, filter, opens } = wish;
  const { frame, path, columns } = await described(wish, runs);
  const given = frame.given;
  const asked = { runs, folder, filter, parameters: given, path, tables: frame.tables, columns };
  return {
    heading: runHeading('filter', filter),
    folder,
    kind: 'filter',
    subject: filter,
    whenCancelled: 'Cancelled. What had come by then is shown; there may be more rows.',
    filter: {
      frame,
      ...(opens !== undefined && { opens }),
      waits: opens !== undefined || lacksValue(frame),
      again: async (parameters) => {
        await remembered.write(folder, filter, parameters);
        return viewedFilter({ folder, filter, given: parameters }, runs, remembered);
      },
      answer: (question, token) => answerOf(asked, question, token),
      goTo: (path, span) => goTo(folder, path, span),
    },
    execute: async (token, onProgress) => {
      // A filter reads the vault alone: no secret is needed.
      const report = await runs.run('runFilter', { filter, parameters: given, stream: true }, { folder, secrets: [], token, onProgress });
      return { kind: 'filter', report, parameters: given };
    },
  };
}

/** The parameters as the text declares them now. What cannot be described is run all the same: the run says what is wrong, in the panel. */
async function described(
  { folder, filter, given }: FilterWish,
  runs: Runs,
): Promise<{ readonly frame: FilterFrame } & Pick<AskedFilter, 'path' | 'columns'>> {
  try {
    const { parameters, tables, path, columns } = await runs.run('describeFilter', { filter }, { folder, secrets: [] });
    // A value for what is not declared any more would only be refused.
    const known = Object.fromEntries(Object.entries(given).filter(([name]) => parameters.some((parameter) => parameter.name === name)));
    return { frame: { filter, parameters, given: known, tables }, path, columns };
  } catch {
    return { frame: { filter, parameters: [], given, tables: [] }, path: undefined, columns: [] };
  }
}

function lacksValue({ parameters, given }: FilterFrame): boolean {
  return parameters.some(
    (parameter) => parameter.default === undefined && parameter.sessionValue === undefined && !Object.hasOwn(given, parameter.name),
  );
}
