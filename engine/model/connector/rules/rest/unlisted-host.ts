import { childOf, elementsOf, stringOf } from '../../../text/json.ts';
import type { Template } from '../../template.ts';
import { defineRule, renameFixes, type Finding } from '../rule.ts';

/**
 * `allowedHosts` holds something that is no host name; or it lists hosts, and an address of the connector names one that is neither there nor
 * in `baseUrl` or `authUrl`.
 *
 * Why: the token is sent to these hosts only, so calls to any other fail.
 *
 * Example: `"allowedHosts": ["https://licensing.example.com/"]`, which is `licensing.example.com`.
 */
export const unlistedHost = defineRule('unlisted-host', 'warning', ({ connector, facts }) => {
  const { rest } = connector;
  const entries = elementsOf(childOf(rest.node, 'authOptions', 'allowedHosts')).flatMap((entry) => stringOf(entry) ?? []);
  if (entries.length === 0 || entries.some(({ text }) => /[{*]/.test(text))) return [];
  const odd = entries.flatMap((entry): readonly Finding[] => {
    const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(entry.text)?.[1] ?? '';
    if (host === entry.text && host !== '') return [];
    const fixes = host === '' ? {} : renameFixes(entry, host);
    return [{ span: entry.span, message: `"${entry.text}" is no host name${host === '' ? '' : `, which would be ${host}`}.`, ...fixes }];
  });
  const allowed = new Set(entries.map(({ text }) => text.toLowerCase()));
  for (const own of [rest.baseUrl, rest.auth.authUrl]) {
    const host = own && literalHost(own.text);
    if (host !== undefined) allowed.add(host);
  }
  const bare = /^https?:\/\/$/i.test(rest.baseUrl?.text.trim() ?? '');
  const told = new Set<string>();
  const addresses = facts.templates.filter(({ use, place }) => use === 'address' && place.kind !== 'authentication');
  const missing = addresses.flatMap(({ template }): readonly Finding[] => {
    const host = hostCalled(template, bare);
    if (host === undefined || allowed.has(host) || told.has(host)) return [];
    told.add(host);
    return [
      { span: template.span, message: `This goes to ${host}, which allowedHosts does not list. Add it there, or check the address.` },
    ];
  });
  // While an entry is no host name, nobody knows which hosts are meant.
  return odd.length > 0 ? odd : missing;
});

/** The host an address names: after its scheme, or where `baseUrl` is only a scheme, at its start. */
function hostCalled({ text }: Template, bare: boolean): string | undefined {
  if (/^https?:\/\//i.test(text)) return literalHost(text);
  return bare ? literalHost(`https://${text}`) : undefined;
}

/** The host of an address that spells it out. */
function literalHost(address: string): string | undefined {
  return /^https?:\/\/([^/?#{}\s]+)(?:[/?#]|$)/i.exec(address)?.[1]?.toLowerCase();
}
