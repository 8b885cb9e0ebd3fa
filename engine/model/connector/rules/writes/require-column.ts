import { childOf } from '../../../text/json.ts';
import type { Fix } from '../../../text/problem.ts';
import type { Operation } from '../../connector.ts';
import { appendEntry } from '../list-edits.ts';
import { insertProperty } from '../property-edits.ts';

/** The repair that makes a column mandatory. */
export function requireColumn({ node }: Operation, name: string, text: string): Fix {
  const list = childOf(node, 'resource_mandatory');
  const title = `Make "${name}" mandatory`;
  const entry = JSON.stringify(name);
  return list?.type === 'array'
    ? { title, ...appendEntry(text, list, entry) }
    : { title, ...insertProperty(text, node, 'resource_mandatory', `[${entry}]`) };
}
