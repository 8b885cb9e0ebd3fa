import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noData, type DataFolders } from '../../../engine/model/files/data-folder.ts';
import { createFindWanted } from '../../../engine/model/files/wanted-folders.ts';
import type { Entity } from '../../../engine/model/references/entity.ts';
import { graphOf, type Graph } from '../../../engine/model/references/graph.ts';
import type { Occurrence } from '../../../engine/model/references/occurrence.ts';
import { isRefusal } from '../../../engine/model/references/rename/changes.ts';
import { planRename, type RenamePlan } from '../../../engine/model/references/rename/plan-rename.ts';
import { applyEdits } from '../../../engine/model/text/edits.ts';
import type { Edit } from '../../../engine/model/text/problem.ts';
import { checkWorkspace } from '../../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { createDataReader, readFiles } from '../../../engine/run/workspace/read-files.ts';
import { corpusConnectors } from '../../support/corpus.ts';

const repository = resolve(import.meta.dirname, '../../..');
const shipped = corpusConnectors();

type Files = ReadonlyMap<string, string>;

/** Every finding by file, code and place; after a rename, compared with those before, whose places have moved with the text. */
function findings(problems: ReturnType<typeof checkWorkspace>, place: (path: string, offset: number) => string): readonly string[] {
  return problems
    .filter(({ code }) => !guesses.has(code))
    .map(({ path, code, span }) => `${place(path, span.offset)} ${code}`)
    .sort();
}

/** Rules that read the meaning of a column or a table from its name: a new one says something else. */
const guesses: ReadonlySet<string> = new Set(['base-without-iterator']);

function renamed(files: Files, { edits, moves }: RenamePlan): Files {
  const moved = new Map(moves.map(({ from, to }) => [from, to]));
  return new Map([...files].map(([path, text]) => [moved.get(path) ?? path, applyEdits(text, edits.get(path) ?? [])]));
}

/** Where a place of the old text stands in the new one. */
function shifted(offset: number, edits: readonly Edit[]): number {
  return edits.reduce((at, { span, text }) => (span.offset < offset ? at + text.length - span.length : at), offset);
}

/** Renames a sample of the names at their places, and checks all files again each time. Gives how many were renamed, and why others were not. */
function renameSome(files: Files, count: number, data: DataFolders): { readonly done: number; readonly refused: ReadonlySet<string> } {
  const workspace = createWorkspaceReader()(files, data);
  const graph = graphOf(workspace);
  const problems = checkWorkspace(workspace);
  const places = graph.paths.flatMap((path) =>
    graph.occurrencesIn(path).flatMap(({ span, spelling }) => (spelling === 'derived' ? [] : [{ path, offset: span.offset }])),
  );
  const refused = new Set<string>();
  let done = 0;
  const words = fc.constantFrom('fresh', 'Fresh_name', 'zeta-9', 'Ä b.c');
  for (const [place, word] of fc.sample(fc.tuple(fc.constantFrom(...places), words), { numRuns: count, seed: 4711 })) {
    const [occurrence] = graph.at(place.path, place.offset);
    if (!occurrence) throw new Error(`There is no name at ${place.path}:${place.offset}.`);
    const plan = planRename(workspace, place, newName(graph, occurrence, word));
    if (!plan) throw new Error(`The name at ${place.path}:${place.offset} is not found.`);
    if (isRefusal(plan)) {
      refused.add(plan.refused);
      continue;
    }
    done++;
    const moved = new Map(plan.moves.map(({ from, to }) => [from, to]));
    const expected = findings(problems, (path, offset) => `${moved.get(path) ?? path}:${shifted(offset, plan.edits.get(path) ?? [])}`);
    const { kind, name } = occurrence.entity;
    const found = findings(checkWorkspace(createWorkspaceReader()(renamed(files, plan), data)), (path, offset) => `${path}:${offset}`);
    expect(found, `${kind} ${name} at ${place.path}:${place.offset}`).toEqual(expected);
  }
  return { done, refused };
}

/** A new name for what stands at a place. Names that are made of others keep their beginning, and operations the word that rules read in them. */
function newName({ workspace }: Graph, { entity, spelling }: Occurrence, word: string): string {
  const { kind, home, table, name }: Entity = entity;
  const tables = workspace.connectors.get(home)?.model.tables;
  if (kind === 'operation') return `${word.replace(/\W/g, '')}-${name}`;
  if (spelling === 'leaf' || !tables) return word;
  const parent = kind === 'table' ? tables.find((one) => one.name === name)?.parent : undefined;
  const path = kind === 'column' ? tables.find((one) => one.name === table)?.columns.find((one) => one.name === name)?.path : undefined;
  return (parent ? `${parent.table}_` : path ? name.slice(0, name.length - (path.at(-1) ?? '').length) : '') + word;
}

// Every file is checked again after every rename.
const timeout = 60_000;

describe('every rename leaves the findings as they are', { timeout }, () => {
  it('in the sample workspace', () => {
    const folder = join(repository, 'examples/workspace');
    const files = readFiles(folder);
    const data = createDataReader(folder, () => true).read(createFindWanted()(files));
    const { done, refused } = renameSome(files, 150, data);
    expect(done).toBeGreaterThan(120);
    for (const sentence of refused) expect(sentence).toMatch(/made of|variable of the engine|environment variable|cannot be renamed/);
  });

  describe.skipIf(shipped.length === 0)('in the shipped connectors', () => {
    for (const { name, text } of shipped) {
      it(name, () => {
        const { done, refused } = renameSome(new Map([[`connectors/${name}`, text]]), 150, noData);
        expect(done).toBeGreaterThan(130);
        for (const sentence of refused) expect(sentence).toMatch(/made of|variable of the engine|cannot be renamed/);
      });
    }
  });
});
