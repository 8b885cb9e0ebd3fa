import type { Edit } from '../../../text/problem.ts';
import { otherPlaces } from '../fold.ts';
import { fixesOf, fixOf, moveProperty } from '../property-edits.ts';
import { defineRule, type Finding } from '../rule.ts';
import { notedProperties, type KnownProperty } from './places.ts';

/**
 * Query parameters are written both as `query_parameters` and as `queryParameters`: in one operation or in `rest.config.get` (a warning), or
 * in different places of one file (one hint).
 *
 * Why: where both stand together, which of them NIM takes is not said. Where they only live in one file, the next author copies the wrong
 * one.
 *
 * Example: an operation with `"query_parameters": {"limit": "5"}` and `"call": {"queryParameters": {"filter": "x"}}`.
 */
export const mixedSpelling = defineRule('mixed-spelling', 'warning', ({ document, path }) => {
  const { queries } = notedProperties(document);
  const older = queries.filter(({ property }) => property.name.text === 'query_parameters');
  const newer = queries.filter(({ property }) => property.name.text === 'queryParameters');
  const [firstNewer] = newer;
  if (older.length === 0 || !firstNewer) return [];
  const settings = new Map(newer.map((item) => [settingOf(item), item]));
  const together: Finding[] = older.flatMap((item) => {
    const other = settings.get(settingOf(item));
    if (!other) return [];
    return [
      {
        span: item.property.name.span,
        message: `Query parameters stand here twice, as "query_parameters" and as "queryParameters". Put all of them into ${inOperation(item) ? 'call.queryParameters' : 'queryParameters'}.`,
        related: [{ path, span: other.property.name.span, message: 'The other ones.' }],
      },
    ];
  });
  // Those that are an older spelling in any file are told of by that rule.
  const apart = older.filter((item) => !settings.has(settingOf(item)) && item.schema.deprecationMessage === undefined);
  const [first] = apart;
  if (!first) return together;
  const names = apart.map(({ property }) => property.name);
  const edits = apart.flatMap((item) => modernise(document.text, item) ?? []);
  return [
    ...together,
    {
      span: first.property.name.span,
      severity: 'hint',
      message: `This file writes "query_parameters" ${times(apart.length)} and "queryParameters" ${times(newer.length)}. Write the newer "queryParameters" throughout.`,
      ...otherPlaces([...names, firstNewer.property.name], path, 'Written here.'),
      ...fixesOf(fixOf('Write queryParameters throughout', edits)),
    },
  ];
});

/** The object whose requests the parameters go to: an operation, or the general settings. */
function settingOf({ owner, levels }: KnownProperty): unknown {
  return levels.at(-1)?.name === 'call' ? levels.at(-2)?.node : owner;
}

function inOperation({ levels }: KnownProperty): boolean {
  return levels.some(({ name }) => name === 'crud_objects');
}

function modernise(text: string, item: KnownProperty): readonly Edit[] | undefined {
  const name = 'queryParameters';
  if (inOperation(item)) return moveProperty(text, item, { base: item.owner, path: ['call'], name });
  return [{ span: item.property.name.span, text: `"${name}"` }];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
