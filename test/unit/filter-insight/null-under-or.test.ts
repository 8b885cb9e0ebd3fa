import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../../engine/model/text/edits.ts';
import { insightOf, world } from './support.ts';

const comparison = fc.constantFrom(
  "p.status <> 'leaver'",
  "p.status not like 'a%'",
  "p.status = 'active'",
  "not (p.mail like 'a%')",
  "p.mail <> 'bob@school.example'",
  "p.endDate > '2026-05-01'",
  "p.endDate not between '2026-01-01' and '2026-02-01'",
  'p.departmentId <> 1',
  'p.departmentId > 2',
  "p.lastName = 'Dunn'",
  "p.lastName <> 'Berg'",
  'p.active = true',
  "u.userName <> 'bob'",
  'u.active <> false',
  'p.mail is null',
  'u.active is null',
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    comparison,
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { minLength: 2, maxLength: 3 }))
      .map(([word, parts]) => `(${parts.join(` ${word} `)})`),
  ),
}));

async function rowsOf(text: string): Promise<number> {
  const { steps } = await insightOf(text, world);
  return steps.find(({ kind }) => kind === 'result')?.rows ?? -1;
}

test('the rows that null is said to drop are those that the fix keeps', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(condition, async (where) => {
      const text = `select p.lastName from hr.persons as p left join directory.users as u on u.employeeNumber = p.employeeNumber where ${where}`;
      const { hazards } = await insightOf(text, world);
      for (const { code, message, fixes } of hazards) {
        const [fix] = code === 'hazard-null-dropped' ? (fixes ?? []) : [];
        if (!fix) continue;
        told++;
        const dropped = Number(/^\d+/.exec(message)?.[0]);
        const mended = applyEdits(text, [{ span: fix.span, text: fix.text }]);
        expect((await rowsOf(mended)) - (await rowsOf(text)), `${mended}: ${message}`).toBe(dropped);
      }
    }),
    { numRuns: 80 },
  );
  expect(told).toBeGreaterThan(20);
});
