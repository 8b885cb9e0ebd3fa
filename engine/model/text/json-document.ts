import type { JsonNode, TreeNode } from './json-node.ts';
import type { Problem } from './problem.ts';

/** What is wrong in one section, with places that move with it. */
export interface Damage {
  readonly problems: readonly Problem[];
  readonly hides: boolean;
}

/** What a reader gets from a JSON text: a tree, as far as there is one, and what is wrong with the text. */
export interface JsonDocument {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly problems: readonly Problem[];
  /** The tree is all there: what is wrong, if anything, hides nothing (comments and trailing commas in strict JSON). */
  readonly whole: boolean;
  /** What is wrong in single sections, where the rest of the tree is sound; `parseJson` needs it to read an edit alone. */
  readonly damage?: ReadonlyMap<TreeNode, Damage>;
}
