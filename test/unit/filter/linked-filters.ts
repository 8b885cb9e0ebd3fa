import type Database from 'better-sqlite3';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter, type CompileOptions } from '../../../engine/model/filter/compile.ts';
import type { CompiledFilter } from '../../../engine/model/filter/compiled.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { FilterLibrary } from '../../../engine/model/filter/library.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { prepareScripts, scriptTable } from '../../../engine/run/filter/script-tables.ts';
import { readQuery } from '../../../engine/run/vault/query.ts';
import { catalog } from './catalog.ts';

/** Filters by name that may name each other. */
export type Filters = Readonly<Record<string, string>>;

export function libraryOf(filters: Filters): FilterLibrary {
  const documents = new Map(Object.entries(filters).map(([name, text]) => [name, readFilter(text)]));
  return {
    names: [...documents.keys()],
    find(name) {
      const document = documents.get(name);
      return document && { name, document, path: `${name}.filter` };
    },
  };
}

export interface Linked extends CompiledFilter {
  /** Code and place of every problem, as `code@text it stands on`. */
  readonly said: readonly string[];
  /** Every problem, from reading to compiling. */
  readonly found: readonly Problem[];
}

export function compileLinked(filters: Filters, name: string, options: Partial<CompileOptions> = {}): Linked {
  const library = libraryOf(filters);
  const document = library.find(name)?.document;
  if (!document) throw new Error(`no filter ${name}`);
  const bound = bindFilter(document, catalog, library);
  const compiled = compileFilter(bound, { today: '2026-05-10', parameters: new Map(), ...options });
  const problems = [...document.problems, ...bound.problems, ...compiled.problems];
  const said = problems.map(({ code, span }) => `${code}@${document.text.slice(span.offset, span.offset + span.length)}`);
  return { ...compiled, said, found: problems };
}

/** Runs a filter over real tables, scripts in their sandbox; rows as records. */
export async function rowsOfLinked(
  database: Database.Database,
  filters: Filters,
  name: string,
  options: Partial<CompileOptions> & { readonly asStreamed?: boolean } = {},
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { query, said } = compileLinked(filters, name, options);
  if (!query) throw new Error(`The filter has errors: ${said.join(', ')}`);
  const models = Object.entries(filters).map(([key, text]) => [key, { path: key, name: key, model: readFilter(text) }] as const);
  await prepareScripts({ filters: new Map(models) });
  const { sql, parameters, stages, direct } = query;
  const computed = stages.map((stage) => scriptTable(stage, { catalog, globals: new Map(), timeZone: 'UTC' }));
  const streamed = direct && options.asStreamed !== false ? { direct } : {};
  return [...readQuery(database, ':memory:', { sql, parameters, computed, ...streamed })];
}
