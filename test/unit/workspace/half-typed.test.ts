import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { readFiles } from '../../../engine/run/workspace/read-files.ts';

const files = readFiles(join(import.meta.dirname, '../../../examples/workspace'));

test.each(['connectors/hr.json', 'connectors/directory.json', 'systems/hr.json', 'systems/directory.json', 'relations.json'])(
  'while %s is being typed, no other file is in error for it',
  (path) => {
    const text = files.get(path) ?? '';
    const read = createWorkspaceReader();
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('"', '{', '"abc": ', '', '['), fc.boolean(), (at, typed, cut) => {
        const changed = new Map(files).set(path, `${text.slice(0, at)}${typed}${cut ? '' : text.slice(at)}`);
        const workspace = read(changed);
        const all = [
          ...workspace.connectors.values(),
          ...workspace.systems.values(),
          ...(workspace.relations ? [workspace.relations] : []),
        ];
        // A text that happens to be whole again is judged as any other.
        fc.pre(all.find((file) => file.path === path)?.document.whole === false);
        const elsewhere = checkWorkspace(workspace).filter((problem) => problem.path !== path && problem.severity === 'error');
        expect(elsewhere).toEqual([]);
      }),
      { numRuns: 150 },
    );
  },
);
