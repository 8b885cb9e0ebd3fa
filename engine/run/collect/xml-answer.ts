import { XMLParser } from 'fast-xml-parser';
import { SollistError } from '../error.ts';
import { isObject } from './answer.ts';
import { examineXml } from './examine-xml.ts';

/** Answers that came as XML: there a list of one looks like a single object. */
const fromXml = new WeakSet<object>();

/** Whether an answer came as XML. */
export function isXml(body: unknown): boolean {
  return typeof body === 'object' && body !== null && fromXml.has(body);
}

/** Whether a text that is no JSON is to be read as XML: it begins with an element, a declaration or a comment, and is no web page. */
export function looksLikeXml(text: string): boolean {
  const start = text.slice(0, 2000).trimStart();
  return start.startsWith('<') && !/^(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(start);
}

/**
 * The answer as JSON would have it: an element is an object, or its text where it has nothing else; elements of one name side by side are a
 * list; attributes are `@name`, the text beside them `#text`. Prefixes of namespaces are left out. Nothing is a number before its column says
 * so. `what` names the answer in messages. Throws `xml-refused` for what no answer needs (a DOCTYPE), `answer-too-deep`,
 * `answer-too-large` and `not-xml-answer`.
 */
export function parseXml(text: string, what: string): unknown {
  const problem = examineXml(text);
  if (problem) throw new SollistError(problem.code, `${what} ${problem.message}`);
  try {
    const parsed: unknown = parser.parse(text);
    const body = plain(parsed);
    if (isObject(body)) fromXml.add(body);
    return body;
  } catch (error) {
    const why = error instanceof Error ? ` (${error.message.split('\n')[0]?.slice(0, 120) ?? ''})` : '';
    throw new SollistError('not-xml-answer', `${what} begins like XML but is none${why}. The request trace shows what came.`);
  }
}

/** Entities are ours to put in (`plain`), so that nothing is expanded but what every XML has. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
});

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five entities of XML and character references; any other stays as it is written. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return predefined.get(name) ?? whole;
    const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
  });
}

/** Decoded, with CDATA as text, without declarations of namespaces; `xsi:nil` is null. Its depth was examined before. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return decode(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const own = Object.entries(value).filter(([name]) => !/^@xmlns\b/.test(name));
  const cdata = Object.hasOwn(value, '#cdata') ? [value['#cdata']].flat().map(String).join('') : undefined;
  if (own.some(([name, each]) => name === '@nil' && /^(?:true|1)$/.test(String(each)))) return null;
  const entries = own
    .filter(([name]) => name !== '#cdata' && name !== '#text')
    .map(([name, each]): [string, unknown] => [name, plain(each)]);
  const text = Object.hasOwn(value, '#text') ? decode(String(value['#text'])) : '';
  const whole = text + (cdata ?? '');
  if (entries.length === 0) return whole;
  return Object.fromEntries(whole === '' ? entries : [...entries, ['#text', whole]]);
}

/**
 * What `output_field` finds in XML, as a list: one element is a list of one; a parent without such elements is an empty one. Undefined where
 * there is no such parent either.
 */
export function listOfXml(body: unknown, field: string, found: unknown): unknown {
  if (Array.isArray(found)) return found;
  if (found !== undefined && found !== null && found !== '') return [found];
  if (found === null || found === '') return [];
  let parent: unknown = body;
  for (const step of field.split('.').slice(0, -1)) parent = isObject(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined;
  // `<users/>` has no `user`; only attributes, such as a total, may stand there.
  const isEmpty = parent === '' || (isObject(parent) && parent !== body && Object.keys(parent).every((name) => name.startsWith('@')));
  return isEmpty ? [] : undefined;
}
