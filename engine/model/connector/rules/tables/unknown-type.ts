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

/** What other formats call the types. */
const elsewhere: ReadonlyMap<string, string> = new Map(
  Object.entries({
    string: 'text str varchar nvarchar char guid uuid email uri url',
    number: 'int integer decimal double float single int16 int32 int64 byte real numeric',
    boolean: 'bool bit flag',
    datetime: 'timestamp date-time datetimeoffset',
  }).flatMap(([type, names]) => names.split(' ').map((name) => [name, type])),
);

/** The whole specifier with the type that was meant: a prefix, a star or a `^` that slipped goes to its place. */
function correct(specifier: string): string | undefined {
  const prefix = /_:|:_|^_(?!nim)/.test(specifier) ? '_:' : '';
  const word = specifier.replaceAll(/[*^\s]|_:|:_|:/g, '').replace(/^edm\./i, '');
  const known = elsewhere.get(word.toLowerCase()) ?? nearest(word, knownTypes);
  const postfix = specifier.includes('*') ? '*' : specifier.includes('^') ? '^' : '';
  return known === undefined ? undefined : `${prefix}${known}${postfix}`;
}
