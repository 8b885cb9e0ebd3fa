import type { TestItem, TestItemCollection, TestRunRequest } from 'vscode';
import type { Meaning, TestFile, TestTree } from './tree.ts';

/** One expectation that is to be tested. */
export interface Leaf {
  readonly item: TestItem;
  readonly table: string;
  readonly id: string;
}

/** What is to be tested of one file. */
export interface ChosenFile extends TestFile {
  readonly item: TestItem;
  readonly leaves: readonly Leaf[];
}

/** The expectations a person asked for, by file. Files that nobody has looked at yet are read for it. */
export async function chosenFiles(tree: TestTree, roots: TestItemCollection, request: TestRunRequest): Promise<readonly ChosenFile[]> {
  const excluded = new Set(request.exclude ?? []);
  const included = request.include ?? itemsOf(roots);
  const files = new Map<TestItem, { readonly file: TestFile; readonly leaves: Map<TestItem, Leaf> }>();
  for (const item of included) {
    const root = rootOf(item);
    const meaning = tree.meaningOf(root);
    if (meaning?.kind !== 'file' || excluded.has(root)) continue;
    if (root.children.size === 0) await tree.resolve(root);
    const entry = files.get(root) ?? { file: meaning, leaves: new Map<TestItem, Leaf>() };
    files.set(root, entry);
    for (const leaf of leavesOf(item, tree, excluded)) entry.leaves.set(leaf.item, leaf);
  }
  return [...files].map(([item, { file, leaves }]) => ({ ...file, item, leaves: [...leaves.values()] }));
}

function leavesOf(item: TestItem, tree: TestTree, excluded: ReadonlySet<TestItem>): readonly Leaf[] {
  if (excluded.has(item)) return [];
  const meaning: Meaning | undefined = tree.meaningOf(item);
  if (meaning?.kind === 'expectation') return [{ item, table: meaning.table, id: meaning.id }];
  return itemsOf(item.children).flatMap((child) => leavesOf(child, tree, excluded));
}

function rootOf(item: TestItem): TestItem {
  return item.parent ? rootOf(item.parent) : item;
}

function itemsOf(collection: TestItemCollection): readonly TestItem[] {
  const items: TestItem[] = [];
  collection.forEach((item) => items.push(item));
  return items;
}
