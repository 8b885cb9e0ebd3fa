import { describedFilter } from '../../run/filter/named-filter.ts';
import type { FilterParameter } from '../../model/filter/filter.ts';
import { quoteText } from '../../model/filter/words.ts';
import type { OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import { exitCodes, type Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { plain, table } from '../output/table.ts';
import type { FilterOptions } from './filter.ts';

/** Every filter of the workspace with its parameters and lookups. */
export function listFilters(open: OpenWorkspace, options: FilterOptions, io: Io): number {
  const filters = [...open.workspace.filters.keys()].sort((a, b) => (a < b ? -1 : 1)).map((name) => describedFilter(open, name));
  if (options.format === 'json') {
    const records = filters.map(({ name, path, bound }) => ({
      name,
      path,
      parameters: bound.parameters.map(({ name: parameter, type, default: usual, session }) => ({
        name: parameter.text,
        type,
        ...(session !== undefined && { session }),
        ...(usual !== undefined && { default: usual }),
      })),
      lookups: bound.lookups.map(({ node }) => node.name.text),
    }));
    io.stdout(`${JSON.stringify(records, undefined, 2)}\n`);
    return exitCodes.ok;
  }
  const style = createStyle(io.colour && options.color);
  const rows = filters.map(({ name, bound }) => [
    style.bold(plain(name)),
    plain(bound.parameters.map(said).join(', ')),
    plain(bound.lookups.map(({ node }) => `[${node.name.text}]`).join(' ')),
  ]);
  io.stdout(table(rows, { longest: 120 }));
  if (filters.length === 0 && options.quiet !== true) io.stderr('There is no filter yet. Write one in filters/<Name>.filter.\n');
  return exitCodes.ok;
}

/** As its author wrote it: `department text default 'IT'`. */
function said({ name, type, default: usual, session }: FilterParameter): string {
  const value = usual === undefined ? '' : ` default ${typeof usual === 'string' ? quoteText(usual) : String(usual)}`;
  return `${name.text} ${type}${session === undefined ? '' : ` from session.${session}`}${value}`;
}
