import { entryNamed } from '../../model/filter/words.ts';
import { filterRows } from '../../run/filter/filter-rows.ts';
import { describedFilter, namedFilter, tablesWithRows } from '../../run/filter/named-filter.ts';
import { shownSql } from '../../run/filter/shown-sql.ts';
import { chooseParameters } from '../../run/filter/used-parameters.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import type { Run } from './run.ts';
import { withVault } from './with-vault.ts';

/** Shows what a filter compiles to and how SQLite would run it. */
export const explainFilter: Run<'explainFilter'> = ({ filter: reference, ...given }, { open }) => {
  const { name, bound } = namedFilter(open, reference);
  const { values } = chooseParameters(name, bound.parameters, given, open.workspace.settings.session);
  return withVault({ open }, (vault) => {
    const made = filterRows(open, vault, reference, values, todayIn(open));
    return { filter: reference, ...shownSql(made.query), plan: made.explain() };
  });
};

/** Describes a filter for a form: what it takes, and the tables its rows come from. */
export const describeFilter: Run<'describeFilter'> = ({ filter: reference }, { open }) => {
  const { path, bound } = describedFilter(open, reference);
  const { session } = open.workspace.settings;
  return {
    filter: reference,
    path,
    parameters: bound.parameters.map(({ name, type, default: usual, session: variable }) => {
      const held = variable === undefined ? undefined : entryNamed(session, variable)?.[1];
      return {
        name: name.text,
        type,
        ...(usual !== undefined && { default: usual }),
        ...(variable !== undefined && { session: variable }),
        ...(held !== undefined && { sessionValue: held }),
      };
    }),
    lookups: bound.lookups.map(({ node }) => node.name.text),
    tables: tablesWithRows(bound).map(({ alias, system, table, catalog }) => ({
      alias,
      system,
      table,
      ...(catalog?.key !== undefined && { key: catalog.key }),
    })),
    columns: bound.columns.map(({ name, type }) => ({ name, type })),
  };
};
