import type { JsonNode } from '../../text/json.ts';
import type { Span } from '../../text/problem.ts';
import type { Connector } from '../connector.ts';
import type { Place } from '../scope.ts';
import { templateOf, type Template } from '../template.ts';
import { operationOfPlace, placeAt } from './place.ts';

/** A text of the connector that may hold variables, found by its place. */
export interface TextPlace {
  readonly node: JsonNode;
  readonly template: Template;
  /** Whose variables it may hold. */
  readonly scope: Place;
  /** `base` is an address without anything before it: what is put in there is not encoded. */
  readonly use: 'base' | 'path' | 'query' | 'header' | 'body' | 'token';
  /** The name of its property, or of the one whose list it stands in. */
  readonly property: string;
}

/** The text at an offset, where it is one that may hold variables and is written without escapes. */
export function textAt(connector: Connector, offset: number): TextPlace | undefined {
  const place = placeAt(connector.root, offset);
  if (!place || place.atName || place.node.type !== 'string' || place.node.raw !== undefined) return undefined;
  const { node, path } = place;
  const template = templateOf(node);
  const property = path.findLast((step) => typeof step === 'string');
  if (!template || typeof property !== 'string') return undefined;
  const own = operationOfPlace(connector, place);
  if (own) {
    const { table, operation, below } = own;
    const use = useInOperation(below);
    return use && { node, template, property, use, scope: { kind: 'operation', table, operation } };
  }
  const use = useInRest(path);
  if (!use) return undefined;
  return {
    node,
    template,
    property,
    use,
    scope: { kind: path[1] === 'authOptions' ? 'authentication' : use === 'header' ? 'header' : 'connector' },
  };
}

const queries: readonly unknown[] = ['query_parameters', 'queryParameters'];

function useInOperation([first, second]: readonly (string | number)[]): TextPlace['use'] | undefined {
  if (first === 'body') return 'body';
  if (queries.includes(first) || (first === 'call' && queries.includes(second))) return 'query';
  return first === 'call' && second === 'path' ? 'path' : undefined;
}

function useInRest([first, second, third, fourth, fifth]: readonly (string | number)[]): TextPlace['use'] | undefined {
  if (first !== 'rest') return undefined;
  if (second === 'authOptions') return third === 'authUrl' || third === 'loginUrl' ? 'base' : third === 'postData' ? 'token' : undefined;
  if (second !== 'config') return undefined;
  if (third === 'baseUrl' || (third === 'test_connection' && fourth === 'url')) return 'base';
  if (third === 'headers') return 'header';
  return third === 'get' && (queries.includes(fourth) || (fourth === 'pagination' && (fifth === 'params' || fifth === 'page_size')))
    ? 'query'
    : undefined;
}

/** The part of a text that an author means: what is selected, else the host of an address, else the whole value. */
export function partOf({ node, use, template, property }: TextPlace, selection: Span): Span | undefined {
  const start = node.offset + 1;
  const content = { offset: start, length: node.length - 2 };
  if (content.length === 0) return undefined;
  const part =
    selection.length > 0 ? within(content, selection) : wholePart({ use, text: template.text, property }, start, selection.offset);
  return part && part.length > 0 && !cutsVariable(template.text, part.offset - start, part.length) ? part : undefined;
}

/** A selection of the quotes as well means what stands between them. */
function within(content: Span, { offset, length }: Span): Span | undefined {
  const from = Math.max(offset, content.offset);
  const to = Math.min(offset + length, content.offset + content.length);
  return offset < content.offset - 1 || offset + length > content.offset + content.length + 1 || to <= from
    ? undefined
    : { offset: from, length: to - from };
}

function wholePart(
  { use, text, property }: { readonly use: TextPlace['use']; readonly text: string; readonly property: string },
  start: number,
  caret: number,
): Span | undefined {
  if (use === 'base' || use === 'path') {
    const [, before = '', host] =
      /^(https?:\/\/)([^/?#{}\s]+)/i.exec(text) ?? (use === 'path' ? /^()((?:[\w-]+\.)+[a-z]{2,})(?=\/|$)/i.exec(text) : null) ?? [];
    if (host === undefined) return undefined;
    const found = { offset: start + before.length, length: host.length };
    // In the rest of a path a caret alone does not say what is meant.
    return use === 'base' || (caret >= start && caret <= found.offset + found.length) ? found : undefined;
  }
  if (text.includes('{') || property === '_nim_merge_attributes_') return undefined;
  const scheme = use === 'header' ? (/^(?:Bearer|Basic|Token|ApiKey|SSWS)\s+/i.exec(text)?.[0].length ?? 0) : 0;
  return { offset: start + scheme, length: text.length - scheme };
}

function cutsVariable(text: string, from: number, length: number): boolean {
  return /[{}]/.test(text.slice(from, from + length)) || /\{[^{}]*$/.test(text.slice(0, from));
}
