import { expect, test } from 'vitest';
import { readConnector } from '../../../engine/model/connector/read-connector.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { whyUnsafe } from '../../../engine/run/plan/unsafe-value.ts';

/** Why a value may not stand in a text of a path or a body. */
function judge(place: 'path' | 'body', template: string, value: string | null | undefined): string | undefined {
  const operation = {
    method: 'patch',
    call: { mode: 'normal', path: place === 'path' ? template : '/x' },
    ...(place === 'body' && { body: { deep: [{ text: template }] } }),
  };
  const json = { schema: { crud_objects: { t: { operations: { o: operation }, resources: { v: 'string' } } } }, rest: { config: {} } };
  const found = readConnector(parseJson(JSON.stringify(json), { strict: true }).root).tables[0]?.operations[0];
  if (!found) throw new Error('the connector of the test is broken');
  return whyUnsafe(found, new Map(value === undefined ? [] : [['v', value]]), new Map([['own', 'x"y']]));
}

test.each([
  ['body', 'members[value eq "{v}"]', 'u1', 'safe'],
  ['body', 'members[value eq "{v}"]', 'x"] or members[value pr', 'unsafe'],
  ['body', 'members[value eq "{v}"]', 'x\\', 'unsafe'],
  ['body', 'members[value eq "{v}"]', "O'Neill [sic]", 'safe'],
  ['body', 'members[value eq "{v}"]', null, 'unsafe'],
  ['body', 'members[value eq "{v}"]', '', 'unsafe'],
  ['body', "name eq '{v}'", "O'Neill", 'unsafe'],
  ['body', "name eq '{v}'", 'say "hi"', 'safe'],
  ['body', 'members[value eq {v}]', '42', 'safe'],
  ['body', 'members[value eq {v}]', '1 or id pr', 'unsafe'],
  ['body', 'members[value eq {v}]', '1] or x[y', 'unsafe'],
  ['body', "it's {v}, no literal", "O'Neill", 'safe'],
  ['body', '{v}', '"] or', 'safe'],
  ['body', 'Tools.{v}.Add', '"x"', 'safe'],
  ['body', 'members[value eq "{own}"]', 'u1', 'safe'],
  ['body', 'members[value eq "{typo}"]', 'u1', 'unsafe'],
  ['body', 'members[value eq "{v}"]', undefined, 'unsafe'],
  ['path', '/users?filter=name eq "{v}"', 'a" or name pr or name eq "b', 'unsafe'],
  ['path', '/users?filter=name eq "{v}"', 'Ada', 'safe'],
  ['path', '/users/{v}', 'a"/../b', 'safe'],
  ['path', '/{v:no_encode}', 'OU=Staff/OU=IT', 'safe'],
  ['path', '/{v:no_encode}', 'a/../../admins', 'unsafe'],
  ['path', '/{v:no_encode}', 'a?force=true', 'unsafe'],
] as const)('%s %s with %j is %s', (place, template, value, wanted) => {
  const why = judge(place, template, value);
  expect(why === undefined ? 'safe' : 'unsafe').toBe(wanted);
  if (why !== undefined) expect(why).toContain(template);
});
