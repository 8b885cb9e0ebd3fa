import { listNames } from '../../../text/list-names.ts';
import { findColumn } from '../../connector.ts';
import { defineRule, type Finding } from '../rule.ts';
import { constantRows } from './constant-rows.ts';

/**
 * A literal row of a call with the mode `constant` lacks the key (a warning), or something that most of the other rows have (a hint).
 *
 * Why: a row without its key cannot be told from others, and what is missing is empty in the table.
 *
 * Example: `"values": [{"id": "1", "name": "Basic"}, {"id": "2", "name": "Plus"}, {"id": "3"}]`.
 */
export const unequalConstantRows = defineRule('unequal-constant-rows', 'hint', ({ facts }) =>
  constantRows(facts).flatMap(({ table, rows }) => {
    const counts = new Map<string, number>();
    for (const { properties } of rows) {
      for (const name of new Set(properties.map((property) => property.name.text))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const usual = [...counts].filter(([, count]) => count > rows.length / 2).map(([name]) => name);
    const key = table.key && findColumn(table, table.key.text)?.path[0];
    return rows.flatMap(({ node, properties }): readonly Finding[] => {
      const own = new Set(properties.map(({ name }) => name.text));
      const span = { offset: node.offset, length: 1 };
      if (key !== undefined && !own.has(key)) {
        return [{ span, severity: 'warning', message: `This row lacks "${key}", the key of "${table.name}". Add it.` }];
      }
      const missing = usual.filter((name) => !own.has(name)).map((name) => `"${name}"`);
      return missing.length === 0 ? [] : [{ span, message: `This row lacks ${listNames(missing)}, which most of the others have.` }];
    });
  }),
);
