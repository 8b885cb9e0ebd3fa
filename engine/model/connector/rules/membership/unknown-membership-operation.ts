import { listNames } from '../../../text/list-names.ts';
import { nearest } from '../../../text/nearest.ts';
import { findOperation } from '../../connector.ts';
import { defineRule, renameFixes } from '../rule.ts';
import { suggestNamed } from './suggest-named.ts';

/**
 * `add_operation` or `remove_operation` of a `groupmembership` is no writing operation of the same table; case counts.
 *
 * Why: a role model could never add or remove a member.
 *
 * Example: `"remove_operation": "course_StudentsDelete"` where the operation is called `course_students_delete`.
 */
export const unknownMembershipOperation = defineRule('unknown-membership-operation', 'error', ({ facts }) =>
  facts.declaredTables.flatMap((table) => {
    const names = [table.membership?.addOperation, table.membership?.removeOperation].filter((name) => name !== undefined);
    return names
      .filter(({ text }) => findOperation(table, text)?.role !== 'write')
      .map((name) => {
        const writes = table.operations.filter(({ role }) => role === 'write').map((operation) => operation.name.text);
        if (findOperation(table, name.text)) {
          return {
            span: name.span,
            message: `"${name.text}" only reads; a membership needs an operation that writes. There are ${listNames(writes) || 'none yet'}.`,
          };
        }
        const meant = nearest(name.text, writes);
        const help = suggestNamed(name.text, meant) || (writes.length > 0 ? ` It has ${listNames(writes)}.` : ' Add it to operations.');
        return {
          span: name.span,
          message: `The table "${table.name}" has no operation "${name.text}".${help}`,
          ...renameFixes(name, meant),
        };
      });
  }),
);
