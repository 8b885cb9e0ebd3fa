import { nearest } from '../../../text/nearest.ts';
import { findTable } from '../../connector.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';
import { scenariosOf } from './scenario.ts';

/**
 * `config_scenarios` names a table that the schema does not define: among the tables to collect, in the data model, or in a relation. The
 * tables of arrays are called `<table>_<array>`.
 *
 * Why: whoever starts from the scenario gets a system that cannot collect it.
 *
 * Example: `"col_name": "users_mails"` where the array in `users` is called `emails`.
 */
export const unknownScenarioTable = defineRule('unknown-scenario-table', 'warning', ({ connector }) =>
  scenariosOf(connector).flatMap(({ collected, tables }) =>
    [...collected, ...tables.flatMap((table) => [...(table.name ? [table.name] : []), ...table.tables])]
      .filter(({ text }) => !findTable(connector, text))
      .map((name) => {
        const meant = nearest(
          name.text,
          connector.tables.map((table) => table.name),
        );
        const help = suggestion(meant) || ' Add it to the schema, or take it out of the scenario.';
        return { span: name.span, message: `The schema has no table "${name.text}".${help}`, ...renameFixes(name, meant) };
      }),
  ),
);
