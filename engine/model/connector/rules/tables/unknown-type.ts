import { listNames } from '../../../text/list-names.ts';
import { nearest } from '../../../text/nearest.ts';
import { knownTypes, parseSpecifier } from '../../columns.ts';
import { defineRule, suggestion } from '../rule.ts';

/**
 * The type of a resource is not one that NIM is known to have. A type specifier is an optional `_:`, the type, and an optional `*`.
 *
 * Why: the column would be collected as text, if at all.
 *
 * Example: `"name": "strin*g"`, meant as `string*`.
 */
export const unknownType = defineRule('unknown-type', 'warning', ({ connector }) =>
  connector.tables.flatMap((table) =>
    table.columns.flatMap(({ name, specifier, specifierSpan }) => {
      if (!specifierSpan || parseSpecifier(specifier).known) return [];
      const meant = correct(specifier);
      const help = suggestion(meant) || ` Types are ${listNames(knownTypes.slice(0, 6))}.`;
      return [
        {
          span: specifierSpan,
          message: `"${specifier}" is not a known type; the column "${name}" would be collected as text.${help}`,
          ...(meant !== undefined && { fixes: [{ title: `Change to "${meant}"`, span: specifierSpan, text: JSON.stringify(meant) }] }),
        },
      ];
    }),
  ),
);

/** The whole specifier with the nearest type: a prefix stays, and a star that slipped into the type goes to its end. */
function correct(specifier: string): string | undefined {
  const prefix = specifier.startsWith('_:') ? '_:' : '';
  const type = nearest(specifier.slice(prefix.length).replaceAll(/[*^]/g, ''), knownTypes);
  return type === undefined ? undefined : `${prefix}${type}${specifier.includes('*') ? '*' : ''}`;
}
