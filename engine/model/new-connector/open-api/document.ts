import { at, elementsOf, entriesOf, isObject, textOf } from '../parsed.ts';

/** A parsed OpenAPI document, read without trust: anything in it may be missing or of another kind. */
export type OpenApi = Readonly<Record<string, unknown>>;

const mostHops = 20;

/** What a value stands for: references within the document are followed, boundedly. Undefined for references that lead nowhere or out of it. */
export function resolve(root: OpenApi, value: unknown): Readonly<Record<string, unknown>> | undefined {
  let found = value;
  for (let hop = 0; hop < mostHops; hop++) {
    if (!isObject(found)) return undefined;
    const reference = at(found, '$ref');
    if (typeof reference !== 'string') return found;
    found = follow(root, reference);
  }
  return undefined;
}

/** The value a `#/…` reference names (RFC 6901). */
function follow(root: OpenApi, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map(unescape)
    .reduce<unknown>((inner, step) => (Array.isArray(inner) ? elementsOf(inner)[Number(step)] : at(inner, step)), root);
}

function unescape(step: string): string {
  let text = step;
  try {
    text = decodeURIComponent(step);
  } catch {
    // A lone percent sign is meant as it stands.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
const methods: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete'];

export interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly schema: unknown;
  readonly example: unknown;
  readonly description: string;
}

/** One operation of the document, as far as a connector can use it. */
export interface ApiOperation {
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** The schema of the answer when all went well, and the media type it is in. */
  readonly answer: { readonly schema: unknown; readonly mediaType: string; readonly headers: readonly string[] } | undefined;
  readonly body: { readonly schema: unknown; readonly mediaType: string } | undefined;
  /** There is a body, but neither JSON nor a form. */
  readonly foreignBody: boolean;
  readonly deprecated: boolean;
  readonly security: unknown;
}

/** Every operation of a document by path, in its order. */
export function operationsOf(root: OpenApi): readonly ApiOperation[] {
  return entriesOf(at(root, 'paths')).flatMap(([path, given]) => {
    const item = resolve(root, given);
    return methods.flatMap((method) => {
      const operation = at(item, method);
      return path.startsWith('/') && isObject(operation) ? [readOperation(root, path, method, item, operation)] : [];
    });
  });
}

function readOperation(root: OpenApi, path: string, method: Method, item: unknown, operation: unknown): ApiOperation {
  const own = parametersOf(root, at(operation, 'parameters'));
  const shared = parametersOf(root, at(item, 'parameters')).filter(
    ({ name, place }) => !own.some((parameter) => parameter.name === name && parameter.place === place),
  );
  const content = at(resolve(root, at(operation, 'requestBody')), 'content');
  const body = contentOf(content);
  return {
    method,
    path,
    parameters: [...shared, ...own],
    answer: answerOf(root, at(operation, 'responses')),
    body,
    foreignBody: body === undefined && entriesOf(content).length > 0,
    deprecated: at(operation, 'deprecated') === true,
    security: at(operation, 'security'),
  };
}

function parametersOf(root: OpenApi, value: unknown): readonly Parameter[] {
  return elementsOf(value).flatMap((element): readonly Parameter[] => {
    const parameter = resolve(root, element);
    const name = textOf(at(parameter, 'name'));
    const place = textOf(at(parameter, 'in'));
    if (name === undefined || place === undefined) return [];
    const schema = resolve(root, at(parameter, 'schema') ?? contentOf(at(parameter, 'content'))?.schema);
    return [
      {
        name,
        place,
        required: at(parameter, 'required') === true,
        schema,
        example: at(parameter, 'example') ?? at(schema, 'example'),
        description: textOf(at(parameter, 'description')) ?? '',
      },
    ];
  });
}

function answerOf(root: OpenApi, responses: unknown): ApiOperation['answer'] {
  const good = entriesOf(responses).filter(([status]) => /^(?:2(?:\d\d|XX)|default)$/i.test(status));
  const [, chosen] = good.find(([status]) => status === '200') ?? good.find(([status]) => status !== 'default') ?? good[0] ?? [];
  const response = resolve(root, chosen);
  const content = contentOf(at(response, 'content'));
  return content && { ...content, headers: entriesOf(at(response, 'headers')).map(([name]) => name.toLowerCase()) };
}

/** The JSON variant of a content, else a form. */
function contentOf(content: unknown): { readonly schema: unknown; readonly mediaType: string } | undefined {
  const all = entriesOf(content).map(([type, value]) => ({
    mediaType: type.split(';')[0]?.trim().toLowerCase() ?? '',
    schema: at(value, 'schema'),
  }));
  return (
    all.find(({ mediaType }) => mediaType === 'application/json') ??
    all.find(({ mediaType }) => /[/+](?:json|hal\+json)$/.test(mediaType)) ??
    all.find(({ mediaType }) => mediaType === '*/*') ??
    all.find(({ mediaType }) => mediaType === 'application/x-www-form-urlencoded')
  );
}
