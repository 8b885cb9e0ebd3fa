import { propertiesOf, spanOf, type JsonNode, type Property } from '../../text/json.ts';
import type { Edit, Fix, Span } from '../../text/problem.ts';

/** A property together with the object it stands in. */
export interface OwnedProperty {
  readonly property: Property;
  readonly owner: JsonNode;
}

/** The edits that take properties out of their objects, with the commas that become too many. */
export function removeProperties(items: readonly OwnedProperty[]): readonly Edit[] {
  const byOwner = new Map<JsonNode, Set<number>>();
  for (const { property, owner } of items) {
    byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(property.name.span.offset));
  }
  return [...byOwner].flatMap(([owner, removed]) => removeFrom(owner, removed));
}

function removeFrom(owner: JsonNode, removed: ReadonlySet<number>): readonly Edit[] {
  const all = propertiesOf(owner);
  const goes = ({ name }: Property): boolean => removed.has(name.span.offset);
  const last = all.findLastIndex((property) => !goes(property));
  if (last === -1) return [{ span: inside(owner), text: '' }];
  const edits: Edit[] = [];
  for (const [index, property] of all.entries()) {
    const next = all[index + 1];
    // What stands behind the last one that stays goes in one piece, with the comma behind that one.
    if (index < last && next && goes(property)) edits.push({ span: between(startOf(property), startOf(next)), text: '' });
  }
  const staying = all[last];
  const end = all.at(-1);
  if (staying && end && staying !== end) edits.push({ span: between(endOf(staying), endOf(end)), text: '' });
  return edits;
}

/** A fix of several edits; undefined where there is nothing to do. */
export function fixOf(title: string, edits: readonly Edit[]): Fix | undefined {
  const [first, ...more] = edits;
  return first && { title, ...first, ...(more.length > 0 && { more }) };
}

/** The `fixes` of a finding, if there is one. */
export function fixesOf(fix: Fix | undefined): { readonly fixes?: readonly Fix[] } {
  return fix === undefined ? {} : { fixes: [fix] };
}

/** Adds a property at the end of an object, or at its start, in the way its neighbours are laid out. */
export function insertProperty(text: string, target: JsonNode, name: string, value: string, at: 'start' | 'end' = 'end'): Edit {
  const all = propertiesOf(target);
  const neighbour = at === 'start' ? all[0] : all.at(-1);
  const written = `${JSON.stringify(name)}: ${value}`;
  if (!neighbour) return { span: inside(target), text: ` ${written} ` };
  const first = all[0] ?? neighbour;
  const lines = text.slice(target.offset, startOf(first)).includes('\n');
  const gap = lines ? `\n${indentAt(text, startOf(neighbour))}` : ' ';
  return at === 'start'
    ? { span: { offset: startOf(neighbour), length: 0 }, text: `${written},${gap}` }
    : { span: { offset: endOf(neighbour), length: 0 }, text: `,${gap}${written}` };
}

/** Where a property is to stand: below `base`, in the objects `path` names, under `name`. Objects that are not there yet are made. */
export interface Destination {
  readonly base: JsonNode;
  readonly path: readonly string[];
  readonly name: string;
}

/** The edits that move a property; undefined where its destination is taken, or is no object, or where it stands twice. */
export function moveProperty(text: string, { property, owner }: OwnedProperty, to: Destination): readonly Edit[] | undefined {
  // Moved both, they would meet in one place; which of them was meant the author has to say.
  if (propertiesOf(owner).some(({ name, value }) => name.text === property.name.text && value !== property.value)) return undefined;
  let target = to.base;
  let path = to.path;
  for (let step = path[0]; step !== undefined; step = path[0]) {
    const found = propertiesOf(target).findLast(({ name }) => name.text === step)?.value;
    if (!found) break;
    if (found.type !== 'object') return undefined;
    target = found;
    path = path.slice(1);
  }
  const name = path[0] ?? to.name;
  if (propertiesOf(target).some((other) => other.name.text === name && other.value !== property.value)) return undefined;
  const source = spanOf(property.value);
  const value = shifted(
    text.slice(source.offset, source.offset + source.length),
    indentAt(text, startOf(property)),
    indentOfEntries(text, target),
  );
  // From the inside out: the value under its own name, then every object that is to be made around it.
  const wrapped = [...path.slice(1), ...(path.length > 0 ? [to.name] : [])].reduceRight(
    (inner, step) => `{ ${JSON.stringify(step)}: ${inner} }`,
    value,
  );
  if (target === owner) {
    return [{ span: between(startOf(property), endOf(property)), text: `${JSON.stringify(name)}: ${wrapped}` }];
  }
  return [...removeProperties([{ property, owner }]), insertProperty(text, target, name, wrapped)];
}

function indentOfEntries(text: string, target: JsonNode): string {
  const last = propertiesOf(target).at(-1);
  return indentAt(text, last ? startOf(last) : target.offset);
}

/** The white space a line begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The lines behind the first one, moved from one indentation to another. */
function shifted(value: string, from: string, to: string): string {
  return from === to ? value : value.replaceAll(`\n${from}`, `\n${to}`);
}

function inside(node: JsonNode): Span {
  return { offset: node.offset + 1, length: Math.max(0, node.length - 2) };
}

function startOf({ name }: Property): number {
  return name.span.offset;
}

function endOf({ value }: Property): number {
  return value.offset + value.length;
}

function between(offset: number, end: number): Span {
  return { offset, length: end - offset };
}
