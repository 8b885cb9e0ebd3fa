import { beforeAll, expect, test } from 'vitest';
import { prepareScripts } from '../../../engine/run/filter/script-tables.ts';
import type { Plan } from '../../../engine/run/plan/plan.ts';
import { planWorkspace } from '../../../engine/run/plan/plan-workspace.ts';
import { openSmall, options, vaultOf } from './small.ts';

const people = (script: string): Readonly<Record<string, unknown>> => ({
  'filters/People.filter': `select p.number, p.name, ${script} as title, p.works, p.account, p.team
from hr.persons as p where p.works = true order by p.number`,
});

function plan(files: Readonly<Record<string, unknown>>): Plan {
  const vault = vaultOf();
  try {
    return planWorkspace(openSmall(files), vault, { mappings: ['Create', 'Update'], roleModels: ['next'] }, options);
  } finally {
    vault.close();
  }
}

beforeAll(() => prepareScripts(openSmall(people("script $$ return '' $$")).workspace));

test('a plan rests on what scripts give', () => {
  const plain = plan({});
  expect(plan(people("script $$ return p['title'] $$"))).toEqual(plain);
  const shouted = plan(people("script $$ return p['title'] && p['title'].toUpperCase() $$"));
  expect(JSON.stringify(shouted)).toContain('ENGINEER');
});

test('no plan is made on rows whose script failed, and which row that is, is said', () => {
  expect(() => plan(people("script $$ return p['title'].length > 0 ? p['title'] : '' $$"))).toThrow(
    /^Filter People: the script of row 3 failed\. .*Nothing is planned on it\. Run "sollist filter People" to see all such rows\.$/,
  );
});

test('no plan is made where a row whose script failed was sorted away by its own null', () => {
  const limited = people("script number $$ if (!p['title']) throw new Error('no title'); return 1 $$");
  const text = String(limited['filters/People.filter']).replace('order by p.number', 'order by title desc limit 2');
  expect(() => plan({ 'filters/People.filter': text })).toThrow(
    /^Filter People: the scripts of 1 row failed that then fell away, .* Nothing is planned on them\./,
  );
});
