import type { Table } from '../../model/connector/connector.ts';
import {
  deepestSeenPath,
  isSecretName,
  mostSeenPaths,
  sampleOf,
  type SeenAnswer,
  type SeenPath,
  type SeenType,
} from '../../model/connector/knowledge.ts';
import type { Redactor } from '../http/redact.ts';

/** Entries of one array that are looked at: they say what the others are like. */
const mostEntries = 50;

/** Values of one path kept as samples. */
const mostSamples = 2;

/** Characters of a text that may become a sample; longer ones are documents, pictures and the like. */
const longestText = 5_000;

/** Notes what the rows of a table hold that its connector does not declare. */
export interface SeenNotes {
  /** Looks at rows as the answer had them. Cheap where all of a row is declared. */
  look(rows: readonly unknown[]): void;
  answer(redactor: Redactor): SeenAnswer;
}

/** One name on the way down a row. */
interface Node {
  /** As the connector has it; `undefined` is what it does not declare. */
  readonly declared: 'column' | 'object' | 'array' | undefined;
  /** What lies below: of an object, or of the entries of an array. */
  readonly below: Map<string, Node>;
  readonly isSecret: boolean;
  filled: number;
  readonly types: Set<SeenType>;
  readonly samples: string[];
  /** Objects, or entries of arrays, that were looked into here. */
  looked: number;
}

/** Prepares for the rows of `root`; `all` are the tables of the connector, of which its child tables count as declared. */
export function createSeenNotes(root: Table, all: readonly Table[]): SeenNotes {
  const top = declaredTree(root, all);
  let kept = 0;

  const visit = (value: object, parent: Node, depth: number): void => {
    parent.looked++;
    const record = value as Readonly<Record<string, unknown>>;
    // Own properties only: the value comes from JSON, and has no others.
    for (const name in record) {
      const node = parent.below.get(name) ?? discover(parent, name);
      if (node === undefined || node.declared === 'column') continue;
      const inner = record[name];
      if (inner !== null && typeof inner === 'object') descend(inner, node, depth);
      else if (node.declared === undefined && inner !== null && inner !== '') note(inner, node);
    }
  };
  const discover = (parent: Node, name: string): Node | undefined => {
    if (kept >= mostSeenPaths) {
      kept = mostSeenPaths + 1;
      return undefined;
    }
    kept++;
    const node = createNode(undefined, parent.isSecret || isSecretName(name));
    parent.below.set(name, node);
    return node;
  };
  const descend = (value: object, node: Node, depth: number): void => {
    if (!Array.isArray(value)) {
      const isEmpty = Object.keys(value).length === 0;
      if (!isEmpty && node.declared === undefined) node.filled++;
      if (depth >= deepestSeenPath) node.types.add('object');
      else if (!isEmpty) visit(value, node, depth + 1);
      return;
    }
    const entries = value as readonly unknown[];
    if (node.declared === undefined && entries.length > 0) node.filled++;
    for (let i = 0; i < entries.length && i < mostEntries; i++) {
      const entry = entries[i];
      if (entry === null || entry === undefined) continue;
      if (typeof entry !== 'object') {
        if (node.declared !== undefined) continue;
        node.types.add('list');
        sample(entry, node);
      } else if (Array.isArray(entry)) node.types.add('list');
      else {
        node.types.add('objects');
        if (depth < deepestSeenPath) visit(entry, node, depth + 1);
      }
    }
  };

  return {
    look(rows) {
      for (const row of rows) if (typeof row === 'object' && row !== null && !Array.isArray(row)) visit(row, top, 1);
    },
    answer(redactor) {
      const paths: SeenPath[] = [];
      collect(top, [], top.looked, redactor, paths);
      return { rows: top.looked, paths, ...(kept > mostSeenPaths && { more: true }) };
    },
  };
}

function note(value: unknown, node: Node): void {
  node.filled++;
  switch (typeof value) {
    case 'string':
      // Once it is known to be text, no more patterns are tried.
      if (!node.types.has('text')) node.types.add(typeOfText(value));
      break;
    case 'number':
      node.types.add('number');
      break;
    case 'boolean':
      node.types.add('boolean');
      break;
    default:
      return;
  }
  sample(value, node);
}

function sample(value: unknown, node: Node): void {
  if (node.isSecret || node.samples.length >= mostSamples) return;
  const text = String(value);
  if (text !== '' && text.length <= longestText && !node.samples.includes(text)) node.samples.push(text);
}

const datePattern = /^\d{4}-\d\d-\d\d$/;
const datetimePattern = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

function typeOfText(value: string): SeenType {
  if (datePattern.test(value)) return 'date';
  return datetimePattern.test(value) ? 'datetime' : 'text';
}

/** What was found, without what a secret stands in: a name can hold one as well as a value. */
function collect(node: Node, path: readonly string[], of: number, redactor: Redactor, paths: SeenPath[]): void {
  if (path.length > 0 && node.declared === undefined && !onlyHolds(node)) {
    paths.push({
      path,
      types: [...node.types].sort(),
      filled: node.filled,
      of,
      samples: node.samples.filter((text) => !redactor.finds(text)).map(sampleOf),
    });
  }
  for (const [name, below] of [...node.below].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (!redactor.finds(name)) collect(below, [...path, name], isList(node) ? node.looked : of, redactor, paths);
}

/** What lies in the entries of a list is counted by entries; what lies in an object, by the rows. */
function isList({ declared, types }: Node): boolean {
  return declared === 'array' || types.has('objects');
}

/** A plain object says nothing itself: what lies in it does. */
function onlyHolds({ types, below }: Node): boolean {
  return below.size > 0 && types.size === 0;
}

function createNode(declared: Node['declared'], isSecret = false): Node {
  return { declared, below: new Map(), isSecret, filled: 0, types: new Set(), samples: [], looked: 0 };
}

/** The columns and child tables of a table as a tree of names. */
function declaredTree(root: Table, all: readonly Table[]): Node {
  const top = createNode('object');
  const add = (table: Table, parent: Node): void => {
    for (const { path, source } of table.columns) if (path.length > 0) put(parent, path, source === 'child-table' ? 'array' : 'column');
    for (const child of all) if (child.parent?.table === table.name) add(child, put(parent, child.parent.path, 'array'));
  };
  add(root, top);
  return top;
}

function put(parent: Node, path: readonly string[], declared: 'column' | 'array'): Node {
  let node = parent;
  for (const [i, name] of path.entries()) {
    const next = node.below.get(name) ?? createNode(i === path.length - 1 ? declared : 'object');
    node.below.set(name, next);
    node = next;
  }
  return node;
}
