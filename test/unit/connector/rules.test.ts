import { describe, expect, it } from 'vitest';
import { connectorRules } from '../../../engine/model/connector/rules/all.ts';
import { applyEdits, editsOf } from '../../../engine/model/text/edits.ts';
import { checkText, expectProblems, fixtureFiles, readSections, wrapTables } from '../../support/connector.ts';

/** Rules that look at what a run has shown, which a fixture cannot hold: each has a test of its own that names it. */
const fromKnowledge = ['output-field-missing'];

describe('the rules', () => {
  const files = fixtureFiles('rules/');

  it('each have a fixture, a finding and a silence', () => {
    expect([...files, ...fromKnowledge.map((code) => `${code}.txt`)].sort()).toEqual(
      connectorRules.map(({ code }) => `${code}.txt`).sort(),
    );
    for (const file of files) {
      const kinds = readSections(`rules/${file}`).map(({ kind }) => kind);
      expect(kinds, file).toContain('finds');
      expect(kinds, file).toContain('silent');
    }
  });

  it('have codes of their own', () => {
    expect(new Set(connectorRules.map(({ code }) => code)).size).toBe(connectorRules.length);
  });

  for (const file of files) {
    const code = file.replace('.txt', '');
    for (const { kind, title, body } of readSections(`rules/${file}`)) {
      it(`${code} ${kind} ${title}`, () => {
        if (kind === 'finds') {
          const problems = expectProblems(body, code);
          expect(problems.map((problem) => problem.code)).toContain(code);
        } else expect(checkText(wrapTables(body)).filter((problem) => problem.code === code)).toEqual([]);
      });
    }
  }
});

describe('the repairs', () => {
  it('make their problem go away', () => {
    let applied = 0;
    for (const file of fixtureFiles('rules/')) {
      for (const { kind, body } of readSections(`rules/${file}`)) {
        if (kind !== 'finds') continue;
        const text = wrapTables(body.replaceAll(/^\s*\^+ .*\n?/gm, ''));
        for (const problem of checkText(text)) {
          for (const fix of problem.fixes ?? []) {
            const repaired = applyEdits(text, editsOf(fix));
            const same = checkText(repaired).filter(({ code, message }) => code === problem.code && message === problem.message);
            expect(same, `${file}: ${fix.title}`).toEqual([]);
            applied++;
          }
        }
      }
    }
    expect(applied).toBeGreaterThan(15);
  });
});
