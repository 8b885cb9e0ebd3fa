import { listNames } from '../../../text/list-names.ts';
import { nearest } from '../../../text/nearest.ts';
import { findTable } from '../../connector.ts';
import { defineRule, renameFixes } from '../rule.ts';
import { suggestNamed } from './suggest-named.ts';

/**
 * `member_table` or `group_table` of a `groupmembership` is no table of the connector; case counts.
 *
 * Why: a role model would know neither members nor groups.
 *
 * Example: `"member_table": "Users"` where the table is called `users`.
 */
export const unknownMembershipTable = defineRule('unknown-membership-table', 'error', ({ connector, facts }) =>
  facts.declaredTables.flatMap(({ membership }) =>
    [membership?.memberTable, membership?.groupTable]
      .filter((name) => name !== undefined)
      .filter(({ text }) => !findTable(connector, text))
      .map((name) => {
        const names = connector.tables.map((table) => table.name);
        const meant = nearest(name.text, names);
        const help = suggestNamed(name.text, meant) || ` The tables are ${listNames(names)}.`;
        return { span: name.span, message: `There is no table "${name.text}".${help}`, ...renameFixes(name, meant) };
      }),
  ),
);
