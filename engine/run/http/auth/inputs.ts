import { camelCase } from '../../../model/connector/authentication.ts';
import type { Connector } from '../../../model/connector/connector.ts';
import { parseTemplate, renderTemplate, type Template } from '../../../model/connector/template.ts';
import { textsIn } from '../../../model/connector/templates.ts';
import { engineNames, namesIn } from './template-tree.ts';

/** What each kind of authentication cannot do without; further inputs are those that its texts use. */
const needed: ReadonlyMap<string, readonly string[]> = new Map([
  ['basic_auth', ['user_name', 'password']],
  ['client_credentials', ['client_id', 'client_secret']],
  ['certificate', ['client_id', 'certificate']],
  ['authorization_code_grant', ['client_id']],
  ['aeries', ['certificate']],
]);

/** The kinds that get a token from `authUrl`. */
const fetching: ReadonlySet<string> = new Set(['client_credentials', 'certificate', 'authorization_code_grant', 'custom_post_token']);

export function neededInputs({ rest }: Connector): readonly string[] {
  return needed.get(rest.authentication?.text ?? '') ?? [];
}

export function fetchesToken({ rest }: Connector): boolean {
  return fetching.has(rest.authentication?.text ?? '');
}

type Values = ReadonlyMap<string, string>;

/** A value as the parts of the sign-in name it: an input or a connection item, in its own writing or as `tenantId`. */
export function inputOf(variables: Values, name: string): string | undefined {
  const own = variables.get(name);
  if (own !== undefined) return own || undefined;
  for (const [input, value] of variables) if (camelCase(input) === name) return value || undefined;
  return undefined;
}

/** The scopes of the connector, with their variables put in. */
export function scopesOf({ rest }: Connector, variables: Values): readonly string[] {
  return rest.auth.scopes
    .map((text) => renderTemplate(parseTemplate(text, { offset: 0, length: 0 }), ({ name }) => inputOf(variables, name)).text.trim())
    .filter((scope) => scope !== '');
}

/** What a text of the sign-in may use: inputs, items, and the scopes. */
export function signInValue(connector: Connector, variables: Values, name: string): string | undefined {
  return inputOf(variables, name) ?? (name === 'scopes' || name === 'scope' ? scopesOf(connector, variables).join(' ') : undefined);
}

/** The first value that the request for a token uses and nothing gives. */
export function missingForToken(connector: Connector, variables: Values): string | undefined {
  const { auth, authentication } = connector.rest;
  const kind = authentication?.text;
  const trees = [
    kind === 'certificate' ? auth.jwt : undefined,
    kind === 'certificate' || kind === 'custom_post_token' ? auth.postData : undefined,
  ];
  const texts = [...auth.scopes.map(plainTemplate), ...trees.flatMap(textsIn)];
  const names = [...texts.flatMap((template) => template.variables.map(({ name }) => name)), ...trees.flatMap(namesIn)];
  return names.find((name) => !engineNames.has(name) && signInValue(connector, variables, name) === undefined);
}

function plainTemplate(text: string): Template {
  return parseTemplate(text, { offset: 0, length: 0 });
}
