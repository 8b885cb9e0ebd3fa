import type { Memento } from 'vscode';
import type { ParameterValues } from '../../webviews/run/filter/questions.ts';

/** The values a person gave the parameters of each filter last; those that the session or a default gave are not among them. */
export interface Remembered {
  read(folder: string, filter: string): ParameterValues;
  write(folder: string, filter: string, values: ParameterValues): Promise<void>;
}

export function createRemembered(state: Memento): Remembered {
  return {
    read: (folder, filter) => valuesOf(state.get(keyOf(folder, filter))),
    write: async (folder, filter, values) => {
      await state.update(keyOf(folder, filter), Object.keys(values).length === 0 ? undefined : values);
    },
  };
}

/** The JSON array keeps folder and name apart whatever they hold. */
function keyOf(folder: string, filter: string): string {
  return `filterParameters:${JSON.stringify([folder, filter])}`;
}

/** What somebody else's data holds is no reason to fail: only values that a parameter can have are taken. */
export function valuesOf(given: unknown): ParameterValues {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return {};
  return Object.fromEntries(
    Object.entries(given as Readonly<Record<string, unknown>>).filter(
      (entry): entry is [string, string | number | boolean | null] =>
        entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  );
}
