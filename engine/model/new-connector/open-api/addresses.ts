import { simpleWord } from '../names.ts';
import { baseAddress } from '../new-connector.ts';
import { at, elementsOf, entriesOf, textOf, textsOf } from '../parsed.ts';
import type { NewItem } from '../sign-in.ts';
import type { OpenApi } from './document.ts';

/** An address of the document as a connector has it, with an input for each of its variables. */
export interface Address {
  readonly url: string;
  readonly items: readonly NewItem[];
  readonly notes: readonly string[];
}

/** The base address: the first server's. A relative or missing one leaves the host to the connection. */
export function baseOf(root: OpenApi): Address {
  const servers = elementsOf(at(root, 'servers'));
  const [server] = servers;
  const url = textOf(at(server, 'url')) ?? '';
  const more =
    servers.length > 1 ? [`The document names ${servers.length} servers; the first is used. The others: ${others(servers)}.`] : [];
  if (!/^(?:https?:)?\/\//i.test(url)) {
    // Also an address that starts with a variable is a whole one: {scheme}://{host}.
    const relative = /^\{[^{}]+\}/.test(url) ? '' : url.replace(/^\/?/, '/').replace(/\/+$/, '');
    const told = 'The document does not name a host. It is an input of the connection, tenant_id.';
    const path = variablesIn(relative, at(server, 'variables'));
    return { url: `https://{tenant_id}${path.url}`, items: path.items, notes: [told, ...more] };
  }
  const whole = variablesIn(secure(url.startsWith('//') ? `https:${url}` : url), at(server, 'variables'));
  const notes = isPlain(url)
    ? ['The document names a server over plain http. https is assumed, so that no secret crosses the network readable.']
    : [];
  return { url: baseAddress(whole.url), items: whole.items, notes: [...notes, ...more] };
}

function others(servers: readonly unknown[]): string {
  return servers
    .slice(1, 6)
    .map((server) => textOf(at(server, 'url')) ?? '(none)')
    .join(', ');
}

/** An address that stands beside the base address, such as that of the tokens; relative ones start at the same host. Undefined where there is none. */
export function addressBeside(base: string, address: unknown): Address | undefined {
  const text = textOf(address);
  if (text === undefined) return undefined;
  if (/^https?:\/\//i.test(text)) return { ...variablesIn(secure(text), undefined), notes: [] };
  const origin = /^[a-z]+:\/\/[^/]+/i.exec(base)?.[0] ?? base;
  return { ...variablesIn(text.startsWith('/') ? origin + text : `${base}/${text}`, undefined), notes: [] };
}

/** Credentials go over plain http to this machine only. */
function secure(url: string): string {
  return isPlain(url) ? url.replace(/^http:/i, 'https:') : url;
}

function isPlain(url: string): boolean {
  return /^http:\/\//i.test(url) && !/^http:\/\/(?:localhost|127\.|\[::1\])/i.test(url);
}

/** `{name}` in an address becomes an input with the default that the document gives. A brace that opens no variable is dropped. */
function variablesIn(url: string, variables: unknown): Pick<Address, 'url' | 'items'> {
  const items = new Map<string, NewItem>();
  const declared = new Map(entriesOf(variables));
  const filled = url.replace(/\{([^{}]*)\}/g, (_, given: string) => {
    // The host is an input of every kind of sign-in.
    if (given === 'tenant_id') return '\u0000tenant_id\u0001';
    const name = simpleWord(given);
    const variable = declared.get(given);
    const choices = textsOf(at(variable, 'enum'));
    const value = textOf(at(variable, 'default'));
    const tooltip = [textOf(at(variable, 'description')), choices.length > 0 ? `One of: ${choices.join(', ')}` : undefined];
    const said = tooltip.filter((text) => text !== undefined).join(' ');
    items.set(name, {
      name,
      label: `${name}:`,
      ...(value !== undefined && { value }),
      ...(said !== '' && { tooltip: said }),
      required: true,
    });
    return `\u0000${name}\u0001`;
  });
  return { url: filled.replace(/[{}]/g, '').replaceAll('\u0000', '{').replaceAll('\u0001', '}'), items: [...items.values()] };
}
