import { didYouMean } from '../../model/text/nearest.ts';
import type { FilterParameter } from '../../model/filter/filter.ts';
import { mistyped, valueOfType } from '../../model/filter/parameters.ts';
import { entryNamed, sameName } from '../../model/filter/words.ts';
import type { Mapping } from '../../model/mapping/mapping.ts';
import { SollistError } from '../error.ts';
import type { UsedParameter } from './filter-report.ts';

/** What a person gave a filter for one run. */
export interface GivenValues {
  /** By parameter name. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** By name of the session variable. */
  readonly session?: Readonly<Record<string, string>>;
}

/** The values of a run: those to compile with, and all of them with where they came from. */
export interface ChosenParameters {
  readonly values: Mapping['parameters'];
  /** In the order they are declared; without those that have no value. */
  readonly used: readonly UsedParameter[];
}

/**
 * Chooses the value of each parameter: what is given for it, else its session variable, else its default. `settings` are the session variables
 * of the workspace, which those given by hand come before. What is given and not declared is passed on: compiling refuses it by name.
 * Throws `value-type` for a session variable that is not of the parameter's type.
 */
export function chooseParameters(
  filter: string,
  declared: readonly FilterParameter[],
  given: GivenValues,
  settings: ReadonlyMap<string, string>,
): ChosenParameters {
  const session = new Map(Object.entries(given.session ?? {}));
  const passed = new Map<string, string | number | boolean | null>(Object.entries(given.parameters));
  const used: UsedParameter[] = [];
  for (const parameter of declared) {
    const { name, type, session: variable } = parameter;
    const about = { name: name.text, type, ...(variable !== undefined && { session: variable }) };
    const own = entryNamed(passed, name.text);
    if (own) {
      const value = valueOfType(own[1], type);
      // A wrong one is refused by compiling.
      if (value !== undefined) used.push({ ...about, value, from: 'given' });
      continue;
    }
    const held = variable === undefined ? undefined : (entryNamed(session, variable) ?? entryNamed(settings, variable));
    if (held) {
      const value = valueOfType(held[1], type);
      if (value === undefined) throw wrongSession(filter, name.text, held[0], mistyped(type));
      passed.set(name.text, value);
      used.push({ ...about, value, from: 'session' });
    } else if (parameter.default !== undefined) used.push({ ...about, value: parameter.default, from: 'default' });
  }
  const nowhere = { offset: 0, length: 0 };
  return { values: [...passed].map(([text, value]) => ({ name: { text, span: nowhere }, value })), used };
}

/** Refuses a session variable that no parameter reads: a mistyped name would otherwise change nothing, and nobody would notice. */
export function mustBeRead(filter: string, declared: readonly FilterParameter[], names: Iterable<string>): void {
  const read = declared.flatMap(({ session }) => session ?? []);
  for (const name of names) {
    if (read.some((one) => sameName(one, name))) continue;
    const known = read.length === 0 ? ' It reads none.' : ` It reads: ${[...new Set(read)].join(', ')}.`;
    throw new SollistError('unknown-parameter', `Filter ${filter} reads no session variable "${name}".${didYouMean(name, read)}${known}`);
  }
}

function wrongSession(filter: string, parameter: string, variable: string, why: string): SollistError {
  return new SollistError(
    'value-type',
    `Filter ${filter}: the parameter "${parameter}" takes the session variable "${variable}", and its value is ${why} Change it under "session" in sollist.json, or give the parameter a value.`,
  );
}
