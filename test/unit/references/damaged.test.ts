import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf } from '../../../engine/model/references/graph.ts';
import { isRefusal } from '../../../engine/model/references/rename/changes.ts';
import { planRename, prepareRename } from '../../../engine/model/references/rename/plan-rename.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { workspace } from './workspace.ts';

const damage = fc.record({
  path: fc.constantFrom(...Object.keys(workspace)),
  at: fc.nat(),
  cut: fc.nat({ max: 40 }),
  written: fc.oneof(fc.constantFrom('', '"', '{', '}', '{userName', '\\', '\\u00', '"users": {}', '\n', 'as'), fc.string({ maxLength: 6 })),
});

test('names are found and renamed in files damaged anywhere, within their texts', () => {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 0, maxLength: 3 }), fc.nat(), fc.string({ maxLength: 8 }), (damages, somewhere, name) => {
      const files = new Map(Object.entries(workspace));
      for (const { path, at, cut, written } of damages) {
        const text = files.get(path) ?? '';
        const start = at % (text.length + 1);
        files.set(path, text.slice(0, start) + written + text.slice(start + cut));
      }
      const read = createWorkspaceReader()(files);
      const graph = graphOf(read);
      for (const path of graph.paths) {
        const { length } = graph.textOf(path);
        const occurrences = graph.occurrencesIn(path);
        for (const { span } of occurrences) {
          expect(span.offset).toBeGreaterThanOrEqual(0);
          expect(span.offset + span.length).toBeLessThanOrEqual(length);
        }
        const offset = occurrences[somewhere % Math.max(occurrences.length, 1)]?.span.offset ?? somewhere % (length + 1);
        prepareRename(read, path, offset);
        const plan = planRename(read, { path, offset }, name);
        if (!plan || isRefusal(plan)) continue;
        for (const [own, edits] of plan.edits) {
          edits.forEach(({ span }, index) => {
            expect(span.offset + span.length).toBeLessThanOrEqual(edits[index + 1]?.span.offset ?? graph.textOf(own).length);
          });
        }
      }
    }),
    { numRuns: 150, seed: 20_261 },
  );
});
