import { childOf, elementsOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';

/** One side of an inter-system relation, as written. */
export interface RelationSide {
  readonly system: Name;
  readonly table: Name;
  readonly column: Name;
}

/** An inter-system relation of `relations.json`: n-n, without direction. */
export interface InterSystemRelation {
  readonly left: RelationSide;
  readonly right: RelationSide;
}

/** Reads `relations.json`; an entry that lacks a part is left out (the schema reports it). */
export function readRelations(root: JsonNode | undefined): readonly InterSystemRelation[] {
  return elementsOf(childOf(root, 'relations')).flatMap((entry) => {
    const left = readSide(childOf(entry, 'left'));
    const right = readSide(childOf(entry, 'right'));
    return left && right ? [{ left, right }] : [];
  });
}

function readSide(node: JsonNode | undefined): RelationSide | undefined {
  const system = stringOf(childOf(node, 'system'));
  const table = stringOf(childOf(node, 'table'));
  const column = stringOf(childOf(node, 'column'));
  return system && table && column ? { system, table, column } : undefined;
}
