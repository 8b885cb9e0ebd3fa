import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFilter } from '../../../engine/model/filter/format.ts';
import { parseFilter } from '../../../engine/model/filter/parse.ts';
import { filterExtractions, filterRewrites } from '../../../server/capabilities/actions/filter/actions.ts';
import { filterLanguage, openFilterIn } from '../../../server/capabilities/filter/language.ts';
import { scriptPlaceAt } from '../../../server/capabilities/filter/script-place.ts';
import { viewWith } from '../../support/filter-language.ts';

const path = 'filters/Test.filter';
const uri = 'file:///test.filter';
const whole = `parameter town text from session.town default 'x'
select distinct on (p.id) p.id, coalesce(p.mail, d.name) as mail, p.*,
       script number $$ const { id } = p; return data['d'] ? d.name.length : \`\${id}\` $$ as size
from hr.persons as p
left join (hr.departments as d join directory.users u on u.userName = p.mail) on d.id = p.id
join directory.groups as g via directory.members(value, group_id)
where (d.name = @town or p.id in (1, 2)) and p.mail is not null -- why
exclude when size > 3
order by mail limit 3
lookup known include mail in directory.users.id`;
const view = viewWith({ [path]: whole });

/** A filter with pieces cut out and bits put in. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(12),
      put: fc.constantFrom('', '', '(', ')', "'", '"', '$$', '@', '.', ',', ' join ', '\n', '/*', '--', '\ud800', '😀'),
    }),
    { maxLength: 4 },
  )
  .map((wounds) => wounds.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), whole));

describe('a damaged filter', () => {
  test('gets answers within its text, at every place', () => {
    fc.assert(
      fc.property(damaged, fc.nat(whole.length + 10), (text, place) => {
        const offset = Math.min(place, text.length);
        const language = filterLanguage(uri, text, { view, path });
        const filter = openFilterIn(uri, text, { view, path });
        language.signature(offset);
        language.tokens();
        const lines = text.split(/\r\n|\n|\r/);
        const edits = [
          ...language.complete(offset).flatMap(({ textEdit }) => (textEdit && 'range' in textEdit ? [textEdit] : [])),
          ...[...filterRewrites(filter, { offset, length: 0 }), ...filterExtractions(filter, { offset, length: 0 })].flatMap(
            ({ edit }) => edit?.changes?.[uri] ?? [],
          ),
        ];
        for (const { range } of edits) {
          for (const { line, character } of [range.start, range.end]) expect(character).toBeLessThanOrEqual(lines[line]?.length ?? -1);
        }
        const isWhole = parseFilter(text).problems.length === 0;
        if (!isWhole) expect(formatFilter(text)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  test('its scripts may be anything', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('data', "['", "']", '.', '?.', 'u', '`', '/*', '*/', '//', '\n', '\\', '"', '1') }),
        (script) => {
          const found = scriptPlaceAt(script);
          if ('start' in found) expect(found.start).toBeLessThanOrEqual(script.length);
        },
      ),
    );
  });
});
