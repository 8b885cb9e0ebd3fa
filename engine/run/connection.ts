import { secretNames } from '../model/system/shown-values.ts';
import type { Connector } from '../model/connector/connector.ts';
import { parseTemplate, renderTemplate, variablesOf, type Template } from '../model/connector/template.ts';
import type { ConnectionValue, System } from '../model/system/system.ts';
import { tokenHeadersOf } from '../model/connector/authentication.ts';
import { SollistError } from './error.ts';
import { proxiesOf, proxySecrets, type Proxies } from './proxy.ts';
import { fetchesToken, missingForToken, neededInputs, signInValue } from './http/auth/inputs.ts';
import { secretPieces, serviceAccountEmail } from './http/auth/signing-key.ts';

/** A host that live traffic may reach; without `port`, any port of it. */
export interface AllowedHost {
  readonly hostname: string;
  /** As text, and filled in from the scheme where the address names none. */
  readonly port?: string;
}

/** Where connection values may come from. */
export interface ConnectionSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: ReadonlyMap<string, string>;
}

/** A system's connection with every value known: what templates, the HTTP chain and redaction need. */
export interface ResolvedConnection {
  readonly system: string;
  /** Every connection value and connection item by name; no entry where there is no value. */
  readonly variables: ReadonlyMap<string, string>;
  /** Values that must never be shown or written. */
  readonly secrets: readonly string[];
  readonly hosts: readonly AllowedHost[];
  /** The rendered base address, without a slash at its end; empty where the connector has none. */
  readonly baseUrl: string;
  readonly authUrl?: string;
  /** The way there; straight, if absent. */
  readonly proxies?: Proxies;
}

/**
 * Looks up every value of a system's connection. Throws `env-missing` or `secret-missing` (subject: the variable's or secret's name) for
 * a source that is not there, and `connection-missing` (subject: the input's name) for a value the connector cannot do without.
 */
export function resolveConnection(connector: Connector, system: System, sources: ConnectionSources): ResolvedConnection {
  const file = `systems/${system.name}.json`;
  const variables = new Map<string, string>();
  for (const item of connector.items) if (item.value !== undefined) variables.set(item.name.text, item.value);
  for (const [input, value] of system.connection) variables.set(input, lookUp(system.name, file, input, value, sources));

  const { rest } = connector;
  // The file of a service account names its client.
  const email = rest.authentication?.text === 'certificate' ? serviceAccountEmail(variables.get('certificate') ?? '') : undefined;
  if (email !== undefined && !variables.get('client_id')) variables.set('client_id', email);

  const required = connector.items.filter((item) => item.required).map((item) => item.name.text);
  for (const input of [...required, ...neededInputs(connector)]) {
    if (!variables.get(input)) throw missing(system.name, file, input, 'the connector needs it');
  }

  const render = (template: Template, what: string, valueOf = (name: string) => variables.get(name) || undefined): string => {
    const rendered = renderTemplate(template, ({ name }) => valueOf(name));
    const first = rendered.missing[0];
    if (first) throw missing(system.name, file, first.name, `the ${what} "${template.text}" uses it`);
    return rendered.text.trim();
  };
  const forSignIn = (name: string): string | undefined => signInValue(connector, variables, name);
  const baseUrl = rest.baseUrl ? trimSlashes(render(rest.baseUrl, 'base address')) : '';
  const authUrl = rest.auth.authUrl && fetchesToken(connector) ? render(rest.auth.authUrl, 'authentication address', forSignIn) : undefined;
  const forToken = missingForToken(connector, variables);
  if (forToken !== undefined) throw missing(system.name, file, forToken, 'the request for a token uses it');
  const carriers = tokenHeadersOf(connector);
  for (const header of rest.headers) {
    if (carriers.includes(header)) continue;
    const unknown = variablesOf(header.template).find(({ name }) => !variables.has(name));
    if (unknown) throw missing(system.name, file, unknown.name, `the header "${header.name.text}" uses it`);
  }

  const listed = [...rest.auth.allowedHosts, ...system.allowedHosts].map((text) =>
    render(parseTemplate(text, { offset: 0, length: 0 }), 'allowed host', forSignIn),
  );
  const ownProxy = system.proxy && lookUp(system.name, file, 'proxy', system.proxy, sources);
  const proxies = proxiesOf(system, ownProxy, sources.env);
  const addresses = [baseUrl, ...(authUrl === undefined ? [] : [authUrl])];
  return {
    system: system.name,
    variables,
    secrets: [...secretsOf(connector, system, variables, addresses), ...proxySecrets(proxies)],
    proxies,
    hosts: [...addresses.flatMap((address) => hostOfAddress(address) ?? []), ...listed.flatMap((entry) => hostOfEntry(entry) ?? [])],
    baseUrl,
    ...(authUrl !== undefined && { authUrl }),
  };
}

/** A base address may be no more than `https://`, with the host in each path. */
function trimSlashes(address: string): string {
  return address.endsWith('://') ? address : address.replace(/\/+$/, '');
}

/** The environment variable that gives a secret on the command line: `hr-secret` is read from `SOLLIST_SECRET_HR_SECRET`. */
export function secretVariable(secret: string): string {
  return `SOLLIST_SECRET_${secret.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
}

function lookUp(system: string, file: string, input: string, value: ConnectionValue, sources: ConnectionSources): string {
  switch (value.kind) {
    case 'literal':
      return value.value;
    case 'env': {
      const found = sources.env[value.name];
      if (found !== undefined && found !== '') return found;
      throw new SollistError(
        'env-missing',
        `${system}: the environment variable ${value.name} is not set; ${file} takes the connection value "${input}" from it, so set it and run again.`,
        { subject: value.name },
      );
    }
    case 'secret': {
      const found = sources.secrets.get(value.name);
      if (found !== undefined && found !== '') return found;
      throw new SollistError(
        'secret-missing',
        `${system}: the secret "${value.name}" has no value; ${file} takes the connection value "${input}" from it, so store it in the editor, or set the environment variable ${secretVariable(value.name)}.`,
        { subject: value.name },
      );
    }
  }
}

function missing(system: string, file: string, input: string, why: string): SollistError {
  return new SollistError(
    'connection-missing',
    `${system}: the connection value "${input}" is missing (${why}); add it under "connection" in ${file}.`,
    {
      subject: input,
    },
  );
}

/**
 * Everything from a secret, from the environment, or given to an input that is a password by its declaration or name. A value from the
 * environment that is part of an address everybody sees (or is as short as `50`) is a setting, not a secret; masking it would only
 * make traces unreadable.
 */
function secretsOf(
  connector: Connector,
  system: System,
  variables: ReadonlyMap<string, string>,
  addresses: readonly string[],
): readonly string[] {
  const origins = addresses.map((address) => (URL.canParse(address) ? new URL(address).origin : '')).join(' ');
  const passwords = new Set(connector.items.filter((item) => item.password).map((item) => item.name.text));
  const found = new Set<string>();
  for (const [input, value] of variables) {
    const source = system.connection.get(input)?.kind;
    const setting = value.length < 4 || origins.includes(value) || (URL.canParse(value) && origins.includes(new URL(value).origin));
    if (source === 'secret' || passwords.has(input) || secretNames.test(input) || (source === 'env' && !setting)) found.add(value);
  }
  for (const value of [...found]) for (const piece of secretPieces(value)) found.add(piece);
  found.delete('');
  return [...found];
}

function hostOfAddress(address: string): AllowedHost | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.hostname === '' ? undefined : { hostname: url.hostname, port: portOf(url) };
}

/** `host`, `host:port`, `[::1]:port`, or a whole address. */
function hostOfEntry(entry: string): AllowedHost | undefined {
  if (entry.includes('://')) return hostOfAddress(entry);
  if (!URL.canParse(`http://${entry}`)) return undefined;
  const { hostname } = new URL(`http://${entry}`);
  const port = /:(\d+)$/.exec(entry)?.[1];
  return { hostname, ...(port !== undefined && { port: String(Number(port)) }) };
}

/** The port of an address, also where it is the scheme's own. */
export function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
