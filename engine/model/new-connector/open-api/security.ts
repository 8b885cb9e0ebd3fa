import { simpleWord } from '../names.ts';
import { at, elementsOf, entriesOf, isObject, textOf, textsOf, type JsonObject } from '../parsed.ts';
import { signInBy, type AuthenticationKind, type NewItem, type SignIn, type SignInDetails } from '../sign-in.ts';
import { addressBeside } from './addresses.ts';
import { resolve, type ApiOperation, type OpenApi } from './document.ts';

/** The sign-in a document describes. */
export interface DocumentSignIn {
  readonly signIn: SignIn;
  /** A key that goes into the query of every call. */
  readonly query: JsonObject;
  readonly notes: readonly string[];
}

/** A way in, how well it fits unattended runs, and what is known of it. */
interface Way {
  readonly rank: number;
  readonly kind: AuthenticationKind;
  readonly details: Partial<SignInDetails>;
  readonly query?: JsonObject;
  readonly notes?: readonly string[];
}

/** The best of the ways in that the document allows; `wanted` takes a kind whatever the document says. */
export function signInOfDocument(
  root: OpenApi,
  operations: readonly ApiOperation[],
  baseUrl: string,
  wanted?: AuthenticationKind,
): DocumentSignIn {
  const ways = requirementsOf(root, operations)
    .map((requirement) => wayOf(root, requirement, baseUrl, operations))
    .sort((a, b) => b.rank - a.rank);
  const best = ways.find(({ kind }) => kind === wanted) ?? (wanted === undefined ? ways[0] : undefined);
  const kind = wanted ?? best?.kind ?? 'none';
  const told = best?.notes ?? (ways.length === 0 && wanted === undefined ? ['The document describes no sign-in.'] : []);
  return { signIn: signInBy(kind, { baseUrl, ...best?.details }), query: best?.query ?? {}, notes: told };
}

type Requirement = readonly (readonly [scheme: string, scopes: readonly string[]])[];

/** Alternatives: those of the whole document, else those most operations name, else any scheme there is. */
function requirementsOf(root: OpenApi, operations: readonly ApiOperation[]): readonly Requirement[] {
  const read = (value: unknown): readonly Requirement[] =>
    elementsOf(value)
      .filter(isObject)
      .map((requirement) => entriesOf(requirement).map(([name, scopes]) => [name, textsOf(scopes)] as const));
  const general = read(at(root, 'security')).filter((requirement) => requirement.length > 0);
  if (general.length > 0) return general;
  const counts = new Map<string, { readonly requirements: readonly Requirement[]; count: number }>();
  for (const { security } of operations) {
    const requirements = read(security).filter((requirement) => requirement.length > 0);
    const key = JSON.stringify(requirements.map((requirement) => requirement.map(([name]) => name)));
    const known = counts.get(key);
    if (known) known.count++;
    else if (requirements.length > 0) counts.set(key, { requirements, count: 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.requirements ?? entriesOf(at(root, 'components', 'securitySchemes')).map(([name]) => [[name, []]]);
}

/** All schemes of a requirement hold together: the strongest decides the kind, headers of the others go along. */
function wayOf(root: OpenApi, requirement: Requirement, baseUrl: string, operations: readonly ApiOperation[]): Way {
  const ways = requirement.map(([name, scopes]) =>
    schemeWay(root, name, scopes.length > 0 ? scopes : scopesUsed(name, operations), baseUrl, requirement.length > 1),
  );
  const [first, ...others] = ways.sort((a, b) => b.rank - a.rank);
  if (!first) return { rank: 0, kind: 'none', details: {} };
  return others.reduce<Way>(
    (all, way) => ({
      ...all,
      details: {
        ...all.details,
        ...(way.details.headers && { headers: { ...all.details.headers, ...way.details.headers } }),
        ...(way.details.items && { items: [...(all.details.items ?? []), ...way.details.items] }),
      },
      query: { ...all.query, ...way.query },
      notes: [...(all.notes ?? []), ...(way.notes ?? [])],
    }),
    first,
  );
}

function scopesUsed(scheme: string, operations: readonly ApiOperation[]): readonly string[] {
  const used = operations.flatMap(({ security }) => elementsOf(security).flatMap((requirement) => textsOf(at(requirement, scheme))));
  return [...new Set(used)].sort();
}

function schemeWay(root: OpenApi, name: string, scopes: readonly string[], baseUrl: string, several: boolean): Way {
  const scheme = resolve(root, at(root, 'components', 'securitySchemes', name));
  const type = textOf(at(scheme, 'type'))?.toLowerCase();
  const keyName = textOf(at(scheme, 'name'));
  if (type === 'http') {
    const http = textOf(at(scheme, 'scheme'))?.toLowerCase();
    if (http === 'basic') return { rank: 8, kind: 'basic_auth', details: {} };
    if (http === 'bearer')
      return headerWay(6, 'Authorization', 'Bearer ', several ? `${simpleWord(name)}_token` : 'api_token', 'API token:');
    return notUsable(`The sign-in "${name}" (HTTP ${http ?? 'without a scheme'}) has no counterpart in the format.`);
  }
  if (type === 'apikey' && keyName !== undefined) {
    const place = at(scheme, 'in');
    const item = several ? simpleWord(keyName) : 'api_key';
    if (place === 'header') {
      const whole = keyName.toLowerCase() === 'authorization';
      const way = headerWay(7, keyName, '', item, whole ? 'Authorization header:' : `${keyName}:`);
      return whole
        ? { ...way, notes: ['The header Authorization is sent as it is put in. The API may want a word before the key, such as Bearer.'] }
        : way;
    }
    if (place === 'query') {
      return { rank: 4, kind: 'none', details: { items: [secretItem(item, `${keyName}:`)] }, query: { [keyName]: `{${item}}` } };
    }
    return { ...headerWay(2, 'Cookie', `${keyName}=`, item, `${keyName}:`), notes: ['The key is sent as a cookie, as the document says.'] };
  }
  if (type === 'oauth2') return oauth(scheme, name, scopes, baseUrl);
  return notUsable(`The sign-in "${name}"${type === undefined ? '' : ` (${type})`} has no counterpart in the format.`);
}

function notUsable(why: string): Way {
  return { rank: 1, kind: 'none', details: {}, notes: [`${why} Choose one in rest.config.authentication.`] };
}

function secretItem(name: string, label: string): NewItem {
  return { name, label, password: true, required: true };
}

function headerWay(rank: number, header: string, before: string, item: string, label: string): Way {
  return { rank, kind: 'header_key', details: { headers: { [header]: `${before}{${item}}` }, items: [secretItem(item, label)] } };
}

/** The flow that runs best without a person. */
function oauth(scheme: unknown, name: string, used: readonly string[], baseUrl: string): Way {
  const flow = (kind: string): unknown => at(scheme, 'flows', kind);
  const details = (of: unknown): Partial<SignInDetails> & { readonly items: readonly NewItem[] } => {
    const authUrl = addressBeside(baseUrl, at(of, 'tokenUrl'));
    const loginUrl = addressBeside(baseUrl, at(of, 'authorizationUrl'));
    const offered = entriesOf(at(of, 'scopes')).map(([scope]) => scope);
    const scopes = used.filter((scope) => offered.length === 0 || offered.includes(scope));
    return {
      ...(authUrl && { authUrl: authUrl.url }),
      ...(loginUrl && { loginUrl: loginUrl.url }),
      ...(scopes.length > 0 && { scopes }),
      items: [...(authUrl?.items ?? []), ...(loginUrl?.items ?? [])],
    };
  };
  const machine = flow('clientCredentials');
  if (machine !== undefined) return { rank: 10, kind: 'client_credentials', details: details(machine) };
  const person = flow('authorizationCode');
  if (person !== undefined) return { rank: 5, kind: 'authorization_code_grant', details: details(person) };
  const password = flow('password');
  if (password !== undefined) {
    const { authUrl } = details(password);
    return { rank: 3, kind: 'custom_post_token', details: authUrl === undefined ? {} : { authUrl } };
  }
  return notUsable(`The sign-in "${name}" knows only a flow for browsers.`);
}
