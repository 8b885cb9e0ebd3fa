import { childOf } from '../../../text/json.ts';
import type { Semantics } from '../../connector.ts';
import { insertProperty } from '../property-edits.ts';
import { defineRule } from '../rule.ts';
import { handedOver } from './allowance.ts';
import { semanticsInName } from './operation-words.ts';

/**
 * An operation has no `semantics`, although its name and its method say that it creates, updates or deletes a row, and no other operation of
 * the table does. Functions with a purpose of their own, such as `user_update_signOut`, need none.
 *
 * Why: NIM does not know what became of the row, and the vault keeps the old state until the next collection.
 *
 * Example: `"user_update": {"method": "put", …}` without `"semantics": "update"`.
 */
export const semanticsMissing = defineRule('semantics-missing', 'hint', ({ connector, document, facts }) =>
  facts.operations.flatMap(({ table, operation }) => {
    const { role, semantics, method, name, node } = operation;
    if (role !== 'write' || semantics !== undefined || childOf(node, 'semantics')) return [];
    const meant = semanticsInName(name.text);
    if (meant === undefined || !methods[meant]?.includes(method ?? '')) return [];
    if (table.operations.some((other) => other.semantics === meant) || handedOver(connector, facts).takes(operation)) return [];
    return [
      {
        span: name.span,
        message: `"${name.text}" looks as if it would ${meant} a row, but has no semantics. Add "semantics": "${meant}", so that NIM knows what became of the row.`,
        fixes: [{ title: `Add the semantics ${meant}`, ...insertProperty(document.text, node, 'semantics', JSON.stringify(meant)) }],
      },
    ];
  }),
);

const methods: Readonly<Partial<Record<Semantics, readonly string[]>>> = {
  create: ['post', 'put'],
  update: ['put', 'patch', 'post'],
  delete: ['delete'],
};
