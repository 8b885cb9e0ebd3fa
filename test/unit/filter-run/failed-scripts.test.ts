import { describe, expect, it } from 'vitest';
import { prepareScripts } from '../../../engine/run/filter/script-tables.ts';
import { filterRows, type FilterRow } from '../../../engine/run/filter/filter-rows.ts';
import { day, openWith, vaultOf, why } from './support.ts';

const select = `select p.employeeNumber as id, script boolean $$ if (p.employeeNumber === '2') throw new Error('boom'); return p.employeeNumber !== '4' $$ as keep,
  script $$ if (p.employeeNumber === '2') throw new Error('boom'); return p.mail $$ as mail
from hr.persons as p
where p.status = 'active'`;

/** What the filter shows, and what a plan gets of it. */
async function run(text: string, reference: string): Promise<{ readonly shown: readonly FilterRow[]; readonly planned: () => unknown }> {
  const open = openWith({ F: text });
  await prepareScripts(open.workspace);
  const made = filterRows(open, vaultOf(), reference, [], day);
  return { shown: [...made.rowsWithProblems()], planned: () => [...made.rows()] };
}

describe('a row whose script failed is never dropped by the null it has', () => {
  it.each([
    ['exclude when keep is null or keep = false', 'F', ['1', '2', 'E 07 ']],
    ['exclude when not coalesce(keep, false)', 'F', ['1', '2', 'E 07 ']],
    ['lookup known include mail in directory.users.mail', 'F[known]', ['1', '2', 'E 07 ']],
  ])('%s', async (drop, reference, ids) => {
    const { shown, planned } = await run(`${select}\n${drop}`, reference);
    expect(shown.map(({ id }) => id)).toEqual(ids);
    expect(shown.filter((row) => typeof row['sollist:problem'] === 'string').map(({ id }) => id)).toEqual(['2']);
    expect(planned).toThrow(/boom/);
  });

  it('what else drops it, does', async () => {
    const excluded = await run(`${select}\nexclude when id = '2'`, 'F');
    expect(excluded.shown.map(({ id }) => id)).toEqual(['1', '4', 'E 07 ']);
    expect(excluded.planned).not.toThrow();
    const other = await run(`${select}\nlookup groups include id in directory.groups.id`, 'F[groups]');
    expect(other.shown).toEqual([]);
  });

  it('why agrees', async () => {
    const excluded = await why(`${select}\nexclude when keep is null or keep = false`, '2');
    expect(excluded.verdict).toBe('here');
    expect(excluded.steps.at(-1)?.sentence).toMatch(/^It is not excluded, since the script failed/);
    const lookedUp = await why(`${select}\nlookup known include mail in directory.users.mail`, '2', { lookup: 'known' });
    expect(lookedUp.verdict).toBe('here');
    expect(lookedUp.steps.at(-1)?.sentence).toMatch(/^mail is null, which is not in .* It stays, since the script failed\.$/);
  });
});
