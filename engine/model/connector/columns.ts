import { elementsOf, propertiesOf, spanOf, type JsonNode, type Property } from '../text/json.ts';
import type { Span } from '../text/problem.ts';
import type { Column, ColumnSource, ColumnType } from './connector.ts';

/** An array of objects inside `resources`: the rows of a child table. */
export interface ChildArray {
  readonly name: string;
  readonly span: Span;
  readonly path: readonly string[];
  readonly row: JsonNode;
}

/** What a `resources` object declares. */
export interface Declared {
  readonly columns: readonly Column[];
  readonly children: readonly ChildArray[];
}

// A map, since authors may write any name, `constructor` included.
const types: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['string', 'text'],
  ['number', 'number'],
  ['long', 'number'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['_nim', 'text'],
  ['etag', 'text'],
  ['id', 'text'],
  ['powerschool_extension_table', 'text'],
]);

/** The parts of a type specifier: `_:` prefix, type, `*` or `^` postfix. Unknown types collect as text. */
export function parseSpecifier(text: string): {
  readonly prefixed: boolean;
  readonly type: ColumnType;
  readonly known: boolean;
  readonly selected: boolean;
  /** Written, never read: `^`. */
  readonly writeOnly: boolean;
} {
  const match = /^(_:)?(.*?)([*^]*)$/s.exec(text);
  const type = types.get(match?.[2] ?? '');
  return {
    prefixed: match?.[1] !== undefined,
    type: type ?? 'text',
    known: type !== undefined,
    selected: match?.[3]?.includes('*') ?? false,
    writeOnly: match?.[3]?.includes('^') ?? false,
  };
}

/** Every type a specifier may name. */
export const knownTypes: readonly string[] = [...types.keys()];

/** Reads a `resources` object by NIM's column-name rule: the leaf name, or the underscore path where the specifier says `_:`. */
export function readResources(node: JsonNode | undefined): Declared {
  const columns: Column[] = [];
  const children: ChildArray[] = [];
  const visit = (parent: JsonNode, path: readonly string[]): void => {
    for (const property of propertiesOf(parent)) {
      const here = [...path, property.name.text];
      const { value } = property;
      if (value.type === 'object') {
        // `_nim_mode_` marks a handler (array_element_update); its `config` declares the column.
        const config = propertiesOf(value).find(({ name }) => name.text === 'config');
        if (propertiesOf(value).some(({ name }) => name.text === '_nim_mode_')) addColumn(property, here, config?.value ?? value, 'list');
        else visit(value, here);
      } else if (elementsOf(value)[0]?.type === 'object') {
        const row = elementsOf(value)[0];
        if (row) children.push({ name: property.name.text, span: property.name.span, path: here, row });
        columns.push(column(property, here, { source: 'child-table', type: 'list' }));
      } else addColumn(property, here, value);
    }
  };
  const addColumn = (property: Property, path: readonly string[], value: JsonNode, type?: ColumnType): void => {
    const element = elementsOf(value)[0];
    const holder = element ?? value;
    if (holder.type !== 'string') {
      columns.push(column(property, path, type ? { type } : {}));
      return;
    }
    const specifier = String(holder.value);
    const parsed = parseSpecifier(specifier);
    columns.push(
      column(property, path, {
        name: parsed.prefixed ? path.join('_') : (path.at(-1) ?? ''),
        specifier,
        specifierSpan: spanOf(holder),
        type: element ? 'list' : (type ?? parsed.type),
        selected: parsed.selected,
        ...(parsed.writeOnly && { writeOnly: true }),
      }),
    );
  };
  if (node) visit(node, []);
  return { columns, children };
}

function column(property: Property, path: readonly string[], more: Partial<Column>): Column {
  return {
    name: path.at(-1) ?? '',
    path,
    type: 'text',
    specifier: '',
    selected: false,
    source: 'resource' satisfies ColumnSource,
    span: property.name.span,
    ...more,
  };
}
