import { tokenHeadersOf } from '../../model/connector/authentication.ts';
import type { Connector } from '../../model/connector/connector.ts';
import { renderTemplate } from '../../model/connector/template.ts';
import { aeriesHeader } from '../http/auth/aeries.ts';
import { mask } from '../http/redact.ts';

const bearer = { authorization: `Bearer ${mask}` };

const byKind: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<string, Readonly<Record<string, string>>>([
  ['basic_auth', { authorization: `Basic ${mask}` }],
  ['client_credentials', bearer],
  ['certificate', bearer],
  ['authorization_code_grant', bearer],
  ['custom_post_token', bearer],
  ['aeries', { [aeriesHeader]: mask }],
]);

/** The headers that carry the credentials of a connector, as they may be shown. Names are in lower case. */
export function shownCredentials(connector: Connector): Readonly<Record<string, string>> {
  const carriers = tokenHeadersOf(connector);
  if (carriers.length === 0) return byKind.get(connector.rest.authentication?.text ?? '') ?? {};
  return Object.fromEntries(carriers.map(({ name, template }) => [name.text.toLowerCase(), renderTemplate(template, () => mask).text]));
}
