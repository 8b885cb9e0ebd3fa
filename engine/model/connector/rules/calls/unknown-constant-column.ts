import { findColumn } from '../../connector.ts';
import { suggestColumn } from '../../suggest.ts';
import { foldBy, otherPlaces } from '../fold.ts';
import { defineRule, suggestion } from '../rule.ts';
import { constantRows } from './constant-rows.ts';

/**
 * A literal row of a call with the mode `constant` names something that is no resource of the table. All rows with that name are told once:
 * as a warning where another name was meant, else as a hint.
 *
 * Why: the value goes nowhere.
 *
 * Example: `"values": [{"id": "1", "nmae": "Basic"}]` where the column is called `name`.
 */
export const unknownConstantColumn = defineRule('unknown-constant-column', 'warning', ({ facts, path }) =>
  constantRows(facts).flatMap(({ table, rows }) => {
    const declared = new Set(table.columns.flatMap((column) => column.path.slice(0, 1)));
    const unknown = rows.flatMap(({ properties }) => properties.map(({ name }) => name)).filter(({ text }) => !declared.has(text));
    return foldBy(unknown, ({ text }) => text).map((group) => {
      const [{ text, span }] = group;
      const near = findColumn(table, text) ? undefined : suggestColumn(table, text);
      // Only what stands directly under resources may be named in a row.
      const meant = near !== undefined && declared.has(near) ? near : undefined;
      const count = group.length === 1 ? 'This row names' : `${group.length} rows name`;
      const help = suggestion(meant) || ' Add it to resources, or leave it out here.';
      return {
        span,
        ...(meant === undefined && { severity: 'hint' as const }),
        message: `${count} "${text}", and the table "${table.name}" has no such resource.${help}`,
        ...otherPlaces(group, path),
        ...(meant !== undefined && {
          fixes: [
            {
              title: `Change to "${meant}"`,
              span,
              text: JSON.stringify(meant),
              ...(group.length > 1 && { more: group.slice(1).map((name) => ({ span: name.span, text: JSON.stringify(meant) })) }),
            },
          ],
        }),
      };
    });
  }),
);
