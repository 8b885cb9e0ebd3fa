import { findCatalogTable } from '../../model/system/catalog.ts';
import { keyColumns } from '../../model/system/key-columns.ts';
import { writeInterSystem, writeReferences } from '../../model/system/write-relations.ts';
import { findBetween, findRelations as findIn } from '../../run/relations/find-relations.ts';
import { systemClock } from '../../run/system-clock.ts';
import { refuseOwn, systemToRun } from '../../run/workspace/open-workspace.ts';
import { withCollected } from './match-relation.ts';
import type { Run } from './run.ts';

/** Relations that the collected values speak for: within a system, or between two tables of different ones. */
export const findRelations: Run<'findRelations'> = ({ system, between }, scope) => {
  const { open, signal } = scope;
  const options = { now: systemClock.now, signal };
  if (between) return withCollected(scope, (vault) => findBetween(vault, open.workspace.catalog, between.left, between.right, options));
  const ready = systemToRun(open, system);
  const keys = keyColumns(ready.system, ready.connector);
  return withCollected(scope, (vault) => findIn(vault, open.workspace.catalog, keys, system, options));
};

/** The text of the system's file, or of relations.json, with relations added; nothing is written. */
export const draftRelations: Run<'draftRelations'> = ({ system, relations, between }, { open }) => {
  const path = between === true ? 'relations.json' : `systems/${system}.json`;
  const text = open.files.get(path);
  // Half of a file could be anything.
  if (text !== undefined) refuseOwn(open, path);
  const { catalog } = open.workspace;
  return {
    path,
    text:
      between === true
        ? writeInterSystem(text, relations)
        : writeReferences(text, relations, (ref) => findCatalogTable(catalog, ref.system, ref.table)?.key === ref.column),
  };
};
