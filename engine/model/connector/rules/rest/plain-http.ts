import type { Fix, Span } from '../../../text/problem.ts';
import type { Connector } from '../../connector.ts';
import type { Template } from '../../template.ts';
import { defineRule } from '../rule.ts';

/**
 * An address starts with `http://`: the base address, that of the token or the sign-in page, the test, or a path that names its host. A host
 * that is this machine is not reported, and one that is a variable is a hint unless its first value is this machine.
 *
 * Why: credentials and personal data go over the network readable for everybody on the way, and a run here refuses to send them.
 *
 * Example: `"baseUrl": "http://api.example.com"`.
 */
export const plainHttp = defineRule('plain-http', 'warning', ({ connector, document, facts }) =>
  facts.templates.flatMap(({ template, use }) => {
    if (use !== 'address' || !/^\s*http:\/\//i.test(template.text)) return [];
    const host = hostOf(template, connector);
    if (host !== undefined && isLoopback(host)) return [];
    return [
      {
        span: template.span,
        message: `Calls to ${shownHost(template.text)} are not encrypted, so credentials and data can be read on the way. Write https://.`,
        ...(host === undefined && { severity: 'hint' as const }),
        ...encrypt(template.span, document.text),
      },
    ];
  }),
);

/** The host name as far as the file says it: literal, or a connection item's first value; undefined for anything else. */
function hostOf({ parts }: Template, { items }: Connector): string | undefined {
  const [first, second] = parts;
  const literal = first?.kind === 'text' ? first.text.trim().slice('http://'.length) : '';
  if (literal !== '') return nameOf(literal);
  if (second?.kind !== 'variable') return undefined;
  const value = items.find(({ name }) => name.text === second.variable.name)?.value;
  return value !== undefined && isLoopback(nameOf(value)) ? nameOf(value) : undefined;
}

/** The host as the author wrote it, without a name and password before it. */
function shownHost(text: string): string {
  const start = /^[^/?#]*/.exec(text.trim().slice('http://'.length))?.[0] ?? '';
  return start.slice(start.lastIndexOf('@') + 1) || 'the hosts of the paths';
}

function nameOf(address: string): string {
  return /^(\[[^\]]*\]|[^/:?#]*)/.exec(address)?.[0].toLowerCase() ?? '';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function encrypt({ offset, length }: Span, text: string): { readonly fixes?: readonly Fix[] } {
  const written = text.slice(offset, offset + length);
  const at = written.search(/http:/i);
  if (at < 0) return {};
  return { fixes: [{ title: 'Change to https', span: { offset: offset + at, length: 'http:'.length }, text: 'https:' }] };
}
