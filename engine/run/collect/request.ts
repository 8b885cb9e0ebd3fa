import { booleanOf, childOf } from '../../model/text/json.ts';
import type { Connector, NamedTemplate, Operation, OperationAuth } from '../../model/connector/connector.ts';
import { addQuery, encodeQueryName, joinAddress } from '../../model/connector/join-address.ts';
import { mergeNamed } from '../../model/connector/named-templates.ts';
import { renderTemplate, type Lookup, type Template, type Variable } from '../../model/connector/template.ts';
import { tokenHeadersOf } from '../../model/connector/authentication.ts';
import type { ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import type { RequestAuth } from '../http/message.ts';
import { renderBody } from './body.ts';
import { firstOf, lookupOf, renderPlain, type Variables, type VariableValue } from './variables.ts';

export { renderBody } from './body.ts';

/** A request as it would go over the wire, without credentials. Header names are in lower case. */
export interface BuiltRequest {
  readonly verb: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What its token is for, where the operation says so. */
  readonly auth?: RequestAuth;
}

/** What a request is built from. */
export interface RequestInput {
  readonly connector: Connector;
  readonly operation: Operation;
  /** Values of the row, of the iteration and of the page; those of the connection come after them. */
  readonly variables: Variables | ReadonlyMap<string, VariableValue>;
  readonly connection: ResolvedConnection;
  /** Further query parameters, of a page; they replace others of the same name. */
  readonly query?: readonly NamedTemplate[];
  /** Writes: the mapped attributes in their resource tree. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Accepted where the connector names nothing, as the format says. */
const defaultAccept = 'application/json,application/xml';

/**
 * Builds the request of an operation. Pure. Values are encoded in path and query unless their variable says `no_encode`. A query
 * parameter made of variables that are all empty is left out. Throws `variable-missing` (subject: the variable) for a value that nothing
 * gives, `path-unsafe` for a value that would climb out of the path, and `header-invalid` for a header no request can carry.
 */
export function buildRequest(input: RequestInput): BuiltRequest {
  const { connector, operation, connection } = input;
  const variables = firstOf(input.variables, connection.variables);
  const where = `${connection.system}: ${operation.name.text}`;
  const query = mergeNamed(operation.role === 'get' ? connector.rest.query : [], operation.call.query, input.query ?? []);
  const url = withQuery(
    joinAddress(connection.baseUrl, renderPath(operation, variables, firstOf(input.variables), where)),
    query,
    variables,
    where,
  );
  const body = bodyText(input, variables, where);
  const form = body !== undefined && booleanOf(childOf(connector.rest.node, 'config', 'postAsForm')) === true;
  return {
    verb: operation.verb,
    url,
    headers: renderHeaders(
      connector,
      variables,
      where,
      body === undefined ? undefined : form ? 'application/x-www-form-urlencoded' : 'application/json',
    ),
    ...(body !== undefined && { body: form ? asForm(body.value) : JSON.stringify(body.value) }),
    ...(operation.auth && { auth: renderAuth(operation.auth, variables, where) }),
  };
}

function renderAuth({ scopes, subject }: OperationAuth, variables: Variables, where: string): RequestAuth {
  const render = (template: Template, what: string): string => {
    const { text, missing } = renderPlain(template, variables);
    demand(missing, what, where);
    return text;
  };
  return {
    ...(scopes && { scopes: scopes.map((scope) => render(scope, 'authOptions.scopes')) }),
    ...(subject && { subject: render(subject, 'authOptions.JWT.sub') }),
  };
}

/** What a value put in as it is must not hold: a step up, the start of a fragment, and what URL parsers drop or turn around. */
const leadsAway = /(?:^|[/\\])\.{1,2}(?:[/\\?#]|$)|[#\\\u0000-\u001f]|%2e/i;

function renderPath(operation: Operation, variables: Variables, ofRow: Variables, where: string): string {
  const { path } = operation.call;
  if (!path) return encodeURIComponent(operation.table);
  let unsafe: string | undefined;
  const lookup = lookupOf(variables);
  // Without its segment `/users/{id}` is another address: that of all users.
  const alone = aloneInSegment(path);
  const checked: Lookup = (variable) => {
    const value = lookup(variable);
    if (value === '' && alone.has(variable) && ofRow(variable.name) !== undefined) return undefined;
    if (value !== undefined && variable.modifier === 'no_encode' && leadsAway.test(value)) unsafe = value;
    return value;
  };
  const { text, missing } = renderTemplate(path, checked, (value) => {
    // Encoding cannot save these two: URL parsers resolve them even as %2e%2e.
    if (value === '.' || value === '..') unsafe = value;
    return encodeURIComponent(value.toWellFormed());
  });
  demand(
    missing.map(({ name }) => name),
    `the path ${path.text}`,
    where,
  );
  if (unsafe !== undefined)
    throw new SollistError(
      'path-unsafe',
      `${where}: the value "${unsafe}" in the path ${path.text} would lead to another path. Leave that row out.`,
      { subject: unsafe },
    );
  return text;
}

const segments = new WeakMap<Template, ReadonlySet<Variable>>();

/** The variables of a path that are a whole segment; found once for each path, which is called many times. */
function aloneInSegment(path: Template): ReadonlySet<Variable> {
  const known = segments.get(path);
  if (known) return known;
  const { parts } = path;
  const alone = new Set<Variable>();
  segments.set(path, alone);
  const textAt = (index: number): string | undefined => {
    const part = parts[index];
    return part === undefined ? '' : part.kind === 'text' ? part.text : undefined;
  };
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'text') {
      if (part.text.includes('?')) break;
      continue;
    }
    const before = textAt(index - 1);
    const after = textAt(index + 1);
    if (before !== undefined && /(?:^|\/)$/.test(before) && after !== undefined && /^(?:$|[/?])/.test(after)) alone.add(part.variable);
  }
  return alone;
}

function withQuery(url: string, query: readonly NamedTemplate[], variables: Variables, where: string): string {
  const pairs = query.flatMap(({ name, template }) => {
    const value = renderQuery(template, variables, `the query parameter ${name.text}`, where);
    return value === undefined ? [] : [`${encodeQueryName(name.text)}=${value}`];
  });
  return addQuery(url, pairs);
}

function renderQuery(template: Template, variables: Variables, what: string, where: string): string | undefined {
  demand(renderPlain(template, variables).missing, what, where);
  const parts = template.parts.map((part) => {
    if (part.kind === 'text') return encodeURIComponent(part.text.toWellFormed());
    const value = lookupOf(variables)(part.variable) ?? '';
    return part.variable.modifier === 'no_encode' ? value : encodeURIComponent(value.toWellFormed());
  });
  const text = parts.join('');
  return text === '' && parts.length > 0 ? undefined : text;
}

function renderHeaders(
  connector: Connector,
  variables: Variables,
  where: string,
  contentType: string | undefined,
): Readonly<Record<string, string>> {
  const { accept } = connector.rest;
  // Those that carry the token are the authentication's to write.
  const carriers = tokenHeadersOf(connector);
  const headers = connector.rest.headers.filter((header) => !carriers.includes(header));
  const render = (name: string, template: Template): string => {
    const { text, missing } = renderPlain(template, variables);
    demand(missing, `the header ${name}`, where);

    if (/[\r\n\0]|[^\x00-\xff]/.test(text))
      throw new SollistError('header-invalid', `${where}: the value of the header ${name} holds characters that HTTP does not allow.`, {
        subject: name,
      });
    return text;
  };
  return {
    accept: accept ? render('accept', accept) : defaultAccept,
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...Object.fromEntries(headers.map(({ name, template }) => [name.text.toLowerCase(), render(name.text, template)])),
  };
}

function bodyText({ operation, attributes }: RequestInput, variables: Variables, where: string): { readonly value: unknown } | undefined {
  if (!operation.body && (operation.role === 'get' || !attributes || operation.verb === 'DELETE')) return undefined;
  const { value, missing } = renderBody(operation.body, variables, attributes);
  // In a write a missing attribute is null and shown in the plan; a get would ask for something else.
  if (operation.role === 'get') demand(missing, 'the body', where);
  return { value };
}

/** A form has texts only: null is empty, a list of single values repeats its name, and anything nested is JSON. */
function asForm(value: unknown): string {
  const entries: readonly (readonly [string, unknown])[] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isSingle = (item: unknown): boolean => typeof item !== 'object' || item === null;
  return new URLSearchParams(
    entries.flatMap(([name, item]) =>
      (Array.isArray(item) && item.every(isSingle) ? (item as readonly unknown[]) : [item]).map((each): [string, string] => [
        name,
        formText(each),
      ]),
    ),
  ).toString();
}

function formText(item: unknown): string {
  return typeof item === 'string' ? item : item === null ? '' : JSON.stringify(item);
}

function demand(missing: readonly string[], what: string, where: string): void {
  const [first] = missing;
  if (first === undefined) return;
  throw new SollistError('variable-missing', `${where}: ${what} uses {${first}}, and nothing gives it a value here.`, { subject: first });
}
