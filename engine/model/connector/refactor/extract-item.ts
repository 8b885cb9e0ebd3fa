import { simpleWord } from '../../new-connector/names.ts';
import type { Edit, Span } from '../../text/problem.ts';
import { authenticationInputs } from '../authentication.ts';
import type { Connector } from '../connector.ts';
import { factsOf } from '../facts.ts';
import { isSecretName, shapedSecrets } from '../rules/rest/secrets.ts';
import { addItem } from './connection-item.ts';
import { partOf, textAt, type TextPlace } from './extract-place.ts';

/** A text that becomes the value of an input of the connection. */
export interface Extraction {
  readonly name: string;
  /** In the selected place alone. */
  readonly edits: readonly Edit[];
  /** In every place that says the same, where there are more. */
  readonly all?: { readonly count: number; readonly edits: readonly Edit[] };
}

/** Takes what is selected, or the value at a caret, out into `connection.items`; undefined where nothing can be. */
export function extractItem(connector: Connector, text: string, selection: Span): Extraction | undefined {
  const place = textAt(connector, selection.offset);
  const part = place && partOf(place, selection);
  if (!part) return undefined;
  const value = text.slice(part.offset, part.offset + part.length);
  const secret = isSecret(place, value);
  const others = equalTexts(connector, text, part, value).filter((other) => other.place.node !== place.node);
  const name = freeName(connector, [place, ...others.map((other) => other.place)], proposed(place, part, value, secret));
  const item = addItem(connector, text, { name, value, secret });
  if (!item) return undefined;
  const own = put(place, part, value, name);
  return {
    name,
    edits: [own, item],
    ...(others.length > 0 && {
      all: { count: others.length + 1, edits: [own, ...others.map((other) => put(other.place, other.part, value, name)), item] },
    }),
  };
}

/** A value in the path of a call is encoded, which it was not as a part of the text. */
function put({ use }: TextPlace, span: Span, value: string, name: string): Edit {
  const plain = use !== 'path' || encodeURIComponent(value.toWellFormed()) === value;
  return { span, text: plain ? `{${name}}` : `{${name}:no_encode}` };
}

function isSecret({ use, property }: TextPlace, value: string): boolean {
  if (shapedSecrets(value).length > 0) return true;
  return use !== 'base' && use !== 'path' && (isSecretName(property) || (use === 'header' && /^authorization$/i.test(property)));
}

/** Places looked at: a word that is everywhere is no value anybody wants in one place. */
const most = 300;

/** Other texts, or whole segments of them, that are the same. */
function equalTexts(
  connector: Connector,
  text: string,
  own: Span,
  value: string,
): readonly { readonly place: TextPlace; readonly part: Span }[] {
  if (value.length < 3) return [];
  const found: { readonly place: TextPlace; readonly part: Span }[] = [];
  let looked = 0;
  for (let offset = text.indexOf(value); offset >= 0 && looked < most; offset = text.indexOf(value, offset + value.length), looked++) {
    if (offset === own.offset || !bounded(text, offset, value.length)) continue;
    const place = textAt(connector, offset);
    const part = place && partOf(place, { offset, length: value.length });
    if (part?.offset === offset && part.length === value.length) found.push({ place: place as TextPlace, part });
  }
  return looked >= most ? [] : found;
}

/** Whether a stretch is no part of a longer word or host name. */
function bounded(text: string, offset: number, length: number): boolean {
  return !/[\p{L}\p{N}_.-]/u.test(text[offset - 1] ?? '') && !/[\p{L}\p{N}_.-]/u.test(text[offset + length] ?? '');
}

/** What the item would be called: after the property, the query parameter or the segment before it. */
function proposed({ use, property, node, template }: TextPlace, part: Span, value: string, secret: boolean): string {
  if (use !== 'base' && use !== 'path') {
    const name = snake(property.replace(/^x-/i, ''));
    return name === 'authorization' && secret ? 'access_token' : name;
  }
  const before = template.text.slice(0, part.offset - node.offset - 1);
  const parameter = /[?&]([^=&?]+)=[^&]*$/.exec(before)?.[1];
  if (parameter !== undefined) return snake(parameter);
  if (/^(?:https?:\/\/)?$/i.test(before) && /[.:]|^localhost$/i.test(value))
    return property === 'authUrl' || property === 'loginUrl' ? 'sign_in_host' : 'host';
  if (/^v\d/i.test(value)) return 'version';
  const segment = /([^/{}.]+)\/$/.exec(before)?.[1];
  return snake(segment ?? property);
}

function snake(name: string): string {
  return simpleWord(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'))
    .replaceAll('-', '_')
    .toLowerCase();
}

/** A name that means nothing else in any of the places. */
function freeName(connector: Connector, places: readonly TextPlace[], wanted: string): string {
  const { scopeAt } = factsOf(connector);
  const items = new Set([
    ...connector.items.map(({ name }) => name.text.toLowerCase()),
    ...authenticationInputs(connector.rest.authentication?.text).map((name) => name.toLowerCase()),
  ]);
  const scopes = places.map(({ scope }) => scopeAt(scope));
  const taken = (name: string): boolean => items.has(name.toLowerCase()) || scopes.some((scope) => scope.has(name));
  let name = wanted;
  for (let number = 2; taken(name); number++) name = `${wanted}_${number}`;
  return name;
}
