import { childOf, elementsOf } from '../../../text/json.ts';
import type { Fix } from '../../../text/problem.ts';
import { allowanceOf } from '../../allowance.ts';
import type { Operation } from '../../connector.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule, type Finding } from '../rule.ts';
import { handedOver } from './allowance.ts';
import { requireColumn } from './require-column.ts';
import { rowVariables } from './row-variables.ts';

/**
 * The address, query or body of an operation that writes uses a column that the same operation prohibits, by name or by its
 * `resource_allowance_default`. Where the column is the table's key and only the default prohibits it, this is a hint: the row is known then.
 *
 * Why: a mapping cannot give the column a value, so nothing is put in.
 *
 * Example: `"path": "/groups/{groupId}"` with `"resource_prohibited": ["groupId"]`, often left over in a copied operation.
 */
export const prohibitedVariable = defineRule('prohibited-variable', 'warning', ({ connector, document, facts, path }) =>
  facts.operations.flatMap((owner) => {
    const { table, operation } = owner;
    if (operation.role !== 'write' || (operation.prohibited.length === 0 && operation.allowanceDefault !== 'prohibited')) return [];
    const told = new Set<string>();
    return rowVariables(facts, owner).flatMap(({ variable: { name, span }, placed: { use } }): readonly Finding[] => {
      if (told.has(name) || allowanceOf(operation, name) !== 'prohibited') return [];
      if (handedOver(connector, facts).has(operation, name)) return [];
      told.add(name);
      const entry = operation.prohibited.find(({ text }) => text === name);
      const where = use === 'address' ? 'Its address' : use === 'query' ? 'Its query' : 'Its body';
      const start = `${where} uses {${name}}, which "${operation.name.text}" prohibits`;
      if (entry) {
        return [
          {
            span,
            message: `${start}. Take it out of resource_prohibited, or out of here.`,
            related: [{ path, span: entry.span, message: 'Prohibited here.' }],
            fixes: [allow(operation, name)],
          },
        ];
      }
      return [
        {
          span,
          message: `${start} by default. Add it to resource_mandatory.`,
          ...(table.key?.text === name && operation.semantics !== 'create' && { severity: 'hint' as const }),
          fixes: [requireColumn(operation, name, document.text)],
        },
      ];
    });
  }),
);

function allow({ node }: Operation, name: string): Fix {
  const entries = elementsOf(childOf(node, 'resource_prohibited'));
  return removeEntry(
    `Take "${name}" out of resource_prohibited`,
    entries,
    entries.findIndex(({ value }) => value === name),
  );
}
