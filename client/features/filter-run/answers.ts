import type { CancellationToken } from 'vscode';
import type { FilterDescription } from '../../../engine/host/protocol.ts';
import type { OwnParameters, Runs } from '../../infrastructure/run.ts';
import type { Answers, KeyColumn, ParameterValues, Question } from '../../webviews/run/filter/questions.ts';
import { countParts } from './count-parts.ts';
import { keyColumns } from './key-columns.ts';
import { whyEmpty } from './why-empty.ts';

/** A filter with the values of one run, and who is asked about it. */
export interface AskedFilter {
  readonly runs: Runs;
  readonly folder: string;
  readonly filter: string;
  readonly parameters: ParameterValues;
  /** Relative to the folder. */
  readonly path: string | undefined;
  readonly tables: FilterDescription['tables'];
  readonly columns: FilterDescription['columns'];
}

type OfFilter = OwnParameters<'explainFilter'>;

/** Asks the engine what the page asks. */
export async function answerOf(asked: AskedFilter, question: Question, token: CancellationToken): Promise<Answers[Question['kind']]> {
  const { runs, folder, filter, parameters } = asked;
  // A filter reads the vault alone: no secret is needed.
  const options = { folder, secrets: [], token };
  const own: OfFilter = { filter, parameters };
  switch (question.kind) {
    case 'explain':
      return runs.run('explainFilter', own, options);
    case 'why-row':
      return runs.run('whyRow', { ...own, row: { kind: 'output', values: question.values } }, options);
    case 'why-not':
      return runs.run(
        'whyNot',
        { ...own, row: { kind: 'table', alias: question.alias, column: question.column, value: question.value } },
        options,
      );
    case 'effect':
      return runs.run('filterEffect', { ...own, against: question.against }, options);
    case 'keys':
      return keysOf(asked, question.alias, token);
    case 'values': {
      const found = asked.tables.find(({ alias }) => alias === question.alias);
      if (found === undefined) return [];
      const { system, table } = found;
      return (await runs.run('valuesLike', { system, table, column: question.column, text: question.text }, options)).values;
    }
    case 'why-empty': {
      const [start] = asked.tables;
      const columns = start === undefined ? [] : await keysOf(asked, start.alias, token);
      const keys = columns.find(({ column }) => column === start?.key)?.values ?? [];
      const followed = await whyEmpty(keys, (value) =>
        runs.run('whyNot', { ...own, row: { kind: 'table', ...(start && { alias: start.alias }), value } }, options),
      );
      return { ...(await countParts(asked, token)), ...followed };
    }
  }
}

/** By what a row of a table can be named, as its last collection had it. */
async function keysOf(
  { runs, folder, tables, columns }: AskedFilter,
  alias: string,
  token: CancellationToken,
): Promise<readonly KeyColumn[]> {
  const found = tables.find((table) => table.alias === alias);
  if (found === undefined) return [];
  const { system, table, key } = found;
  const { statistics } = await runs.run('describeTable', { system, table }, { folder, secrets: [], token });
  return keyColumns(key, statistics, new Set(columns.map(({ name }) => name)));
}
