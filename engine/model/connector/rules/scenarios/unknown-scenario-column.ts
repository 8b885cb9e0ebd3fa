import { findColumn, findTable } from '../../connector.ts';
import { suggestColumn } from '../../suggest.ts';
import { foldBy, otherPlaces } from '../fold.ts';
import { fixesOf, fixOf } from '../property-edits.ts';
import { defineRule, suggestion, type Finding } from '../rule.ts';
import { scenariosOf } from './scenario.ts';

/**
 * `config_scenarios` names a column that its table in the schema does not have: as a field, among the `properties` to collect, as key or
 * display column, or in a relation. Where no column has a similar name it is a hint, since an overlay may add it. A name that occurs several times in one table is reported once. Columns made by a script are not meant.
 *
 * Why: whoever starts from the scenario gets a system with a column that stays empty, or a relation that never matches.
 *
 * Example: `"field_name": "orgUnit"` where the column is called `orgUnitPath`.
 */
export const unknownScenarioColumn = defineRule('unknown-scenario-column', 'warning', ({ connector, path }) =>
  scenariosOf(connector).flatMap(({ tables }) =>
    tables.flatMap(({ name: owner, columns, scripts, roles, links }) => {
      const table = owner && findTable(connector, owner.text);
      if (!table) return [];
      const unknown = [...columns, ...roles, ...links].filter(({ text }) => !findColumn(table, text) && !scripts.has(text));
      return foldBy(unknown, ({ text }) => text).map((names): Finding => {
        const [{ text, span }] = names;
        const meant = suggestColumn(table, text);
        const start = `The table "${table.name}" has no column "${text}"`;
        if (meant === undefined) {
          return {
            span,
            severity: 'hint',
            message: `${start} unless an overlay adds it. Add it to the table's resources, or take it out of the scenario.`,
            ...otherPlaces(names, path),
          };
        }
        const edits = names.map((name) => ({ span: name.span, text: JSON.stringify(meant) }));
        return {
          span,
          message: `${start}.${suggestion(meant)}`,
          ...fixesOf(fixOf(`Change to "${meant}"`, edits)),
          ...otherPlaces(names, path),
        };
      });
    }),
  ),
);
