import { listNames } from '../../../text/list-names.ts';
import { findColumn, findOperation, type Membership, type Operation, type Table } from '../../connector.ts';
import { defineRule } from '../rule.ts';
import { pathVariables } from '../variables/path-variables.ts';

/**
 * The operation that adds or removes a member needs something that neither `member_attributes` nor `group_attributes` gives: a mandatory
 * resource, or a column in its path. Often one of the two operations takes another identifier than the other.
 *
 * Why: a role model has only those attributes to give, so the member would never be added or removed. A column of a collected membership may
 * be known to NIM when it is removed; the public text does not say, so there it is a hint.
 *
 * Example: a `remove_operation` with the path `/assignments/{assignmentId}`, while the attributes give `userId` and `roleId`.
 */
export const membershipValueMissing = defineRule('membership-value-missing', 'warning', ({ facts, path }) =>
  facts.declaredTables.flatMap((table) => {
    const { membership } = table;
    if (!membership || membership.memberAttributes.length + membership.groupAttributes.length === 0) return [];
    const given = new Set([...membership.memberAttributes, ...membership.groupAttributes].map(({ resource }) => resource.text));
    return calledOperations(table, membership).flatMap(({ name, operation, purpose }) => {
      const missing = needsOf(table, operation).filter((resource) => !given.has(resource));
      if (missing.length === 0) return [];
      const [it, attributes] = missing.length === 1 ? ['it', 'an attribute'] : ['them', 'attributes'];
      return [
        {
          span: name.span,
          message: `"${name.text}" needs ${listNames(missing)} to ${purpose}, and the attributes give only ${listNames([...given])}. Give ${it} by ${attributes}, or use an operation that does without.`,
          ...(purpose === 'remove one' && missing.every((resource) => findColumn(table, resource)) && { severity: 'hint' as const }),
          related: [{ path, span: operation.name.span, message: 'The operation.' }],
        },
      ];
    });
  }),
);

function calledOperations(
  table: Table,
  { addOperation, removeOperation }: Membership,
): readonly { readonly name: NonNullable<Membership['addOperation']>; readonly operation: Operation; readonly purpose: string }[] {
  return (
    [
      [addOperation, 'add a member'],
      [removeOperation, 'remove one'],
    ] as const
  ).flatMap(([name, purpose]) => {
    const operation = name && findOperation(table, name.text);
    return name && operation?.role === 'write' ? [{ name, operation, purpose }] : [];
  });
}

function needsOf(table: Table, operation: Operation): readonly string[] {
  const inPath = operation.call.path ? pathVariables(operation.call.path).map(({ name }) => name) : [];
  return [...new Set([...operation.mandatory.map(({ text }) => text), ...inPath.filter((name) => findColumn(table, name))])];
}
