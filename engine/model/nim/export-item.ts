import { guidOf } from './guid.ts';
import type { JsonRecord } from './json-value.ts';

/** An item on its way into NIM's flat list. */
export interface ExportItem {
  readonly type: 'start' | 'and' | 'or' | 'expression' | 'reference';
  /** What only this kind of item has. */
  readonly core: JsonRecord;
  readonly children: readonly ExportItem[];
  readonly enabled: boolean;
  inherited: boolean;
}

export function item(type: ExportItem['type'], core: JsonRecord = {}, children: readonly ExportItem[] = [], enabled = true): ExportItem {
  return { type, core, children, enabled, inherited: false };
}

/** What hangs on one item: NIM allows it one child, so several become an "and". */
export function oneChild(children: readonly ExportItem[]): readonly ExportItem[] {
  return children.length > 1 ? [item('and', {}, children)] : children;
}

/** NIM's flat list, with ids made of the filter's name and the item's place. */
export function flatten(start: ExportItem, filter: string): readonly JsonRecord[] {
  const list: JsonRecord[] = [];
  const add = (one: ExportItem, indent: number, path: string, above?: { readonly index: number; readonly id: string }): void => {
    const index = list.length;
    const id = guidOf(`${filter}\n${path}`);
    list.push({
      ...one.core,
      type: one.type,
      blocked: false,
      id,
      indent,
      inherited: one.inherited,
      enabled: one.enabled,
      index,
      ...(above && { parent: above.index }),
      child_count: one.children.length,
      ...(above && { parentId: above.id }),
    });
    one.children.forEach((child, at) => add(child, indent + 1, `${path}/${at}`, { index, id }));
  };
  add(start, 0, '');
  return list;
}

/** Marks what a child filter has from its parent: items that say the same in the same place. */
export function markInherited(child: ExportItem, parent: ExportItem): void {
  child.inherited = true;
  const [own, theirs] = [contents(child), contents(parent)];
  const left = [...theirs.items];
  for (const one of own.items) {
    const at = left.findIndex((other) => says(other) === says(one));
    const [twin] = at < 0 ? [] : left.splice(at, 1);
    if (twin) markInherited(one, twin);
  }
  for (const other of left) addedTo(own.items, other);
  // The "and" that holds them is the parent's, too, where the parent needed one.
  if (own.and && theirs.and) own.and.inherited = true;
}

/** The children, without an "and" around them. */
function contents({ children }: ExportItem): { readonly items: readonly ExportItem[]; readonly and?: ExportItem } {
  const [only, another] = children;
  return only?.type === 'and' && !another && only.enabled ? { items: only.children, and: only } : { items: children };
}

/** What an item says by itself; a group says what is in it only in part, since a child may add to it. */
function says({ type, core, enabled }: ExportItem): string {
  return JSON.stringify([type, enabled, core]);
}

/** A parent's condition that stood alone in its "or", which the child added to. */
function addedTo(own: readonly ExportItem[], theirs: ExportItem): void {
  for (const one of own) {
    if (one.type !== 'or' || one.inherited) continue;
    const wanted = theirs.type === 'or' ? theirs.children : [theirs];
    const twins = wanted.flatMap((each) => one.children.find((child) => says(child) === says(each)) ?? []);
    if (twins.length < wanted.length) continue;
    one.inherited = true;
    for (const twin of twins) twin.inherited = true;
    return;
  }
}
