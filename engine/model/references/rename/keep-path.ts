import type { Table } from '../../connector/connector.ts';
import { propertiesOf, type JsonNode } from '../../text/json.ts';
import type { Edit } from '../../text/problem.ts';

/**
 * Without `call.path` a table's name is the path. Before the table gets another name its operations get that path written out, so that
 * every request stays what it is.
 */
export function keepPaths(table: Table, source: string): readonly Edit[] {
  // As requests are built: the name, encoded.
  const path = `"path": ${JSON.stringify(encodeURIComponent(table.name.toWellFormed()))}`;
  return table.operations
    .filter(({ call }) => !call.path && call.mode !== 'constant')
    .flatMap(({ call, node }) => {
      if (call.node?.type === 'object') return addProperty(call.node, path, source);
      return call.node || node.type !== 'object' ? [] : addProperty(node, `"call": { ${path} }`, source);
    });
}

/** Writes a property after the first one of an object, laid out as that one is. */
function addProperty(node: JsonNode, property: string, source: string): readonly Edit[] {
  const [first] = propertiesOf(node);
  if (!first) return [{ span: { offset: node.offset + 1, length: 0 }, text: ` ${property} ` }];
  const before = source.slice(node.offset + 1, first.name.span.offset);
  const blank = /^\s+$/.test(before) ? before : ' ';
  return [{ span: { offset: first.value.offset + first.value.length, length: 0 }, text: `,${blank}${property}` }];
}
