import type { NodeType } from 'jsonc-parser';
import { AnchoredSpan, type Anchor } from './anchor.ts';
import type { Name, Span } from './problem.ts';

/** A node of the tolerant JSON tree: offset and length are those of its text. */
export interface JsonNode {
  readonly type: NodeType;
  readonly offset: number;
  readonly length: number;
  /** Of a literal: its JavaScript value. */
  readonly value?: unknown;
  /** Of an object its properties, of a property its name and value, of an array its elements. */
  readonly children?: readonly JsonNode[] | undefined;
  readonly parent?: JsonNode | undefined;
  /** Of a text that has escapes: what stands between its quotes. */
  readonly raw?: string | undefined;
}

/** One property of an object, with the name's place. */
export interface Property {
  readonly name: Name;
  readonly value: JsonNode;
}

/**
 * A node as both readers make it. It is its own place, the key of a property is the property's name, and a property node is a
 * {@link Property}: a large workspace is a million nodes, and nothing is kept twice. All have one shape, which makes walking them fast.
 */
export class TreeNode extends AnchoredSpan implements JsonNode {
  readonly type: NodeType;
  /** Of a property its value, as a node. */
  value: unknown;
  children: TreeNode[] | undefined;
  parent: TreeNode | undefined;
  readonly raw: string | undefined;

  constructor(type: NodeType, anchor: Anchor, offset: number, length: number, value: unknown, parent: TreeNode | undefined, raw?: string) {
    super(anchor, offset - anchor.start, length);
    this.type = type;
    this.value = value;
    this.children = undefined;
    this.parent = parent;
    this.raw = raw;
  }

  /** Of a property: its key. */
  get name(): Name {
    return this.children?.[0] ?? this;
  }

  /** Of a key: what it says. */
  get text(): string {
    return String(this.value);
  }

  get span(): Span {
    return this;
  }
}
