import { childOf, propertiesOf } from '../../../text/json.ts';
import { listNames } from '../../../text/list-names.ts';
import { defineRule } from '../rule.ts';

/**
 * `rest.authOptions` lacks what the kind of authentication cannot do without: `authUrl` where a token is fetched, `loginUrl` where a person
 * signs in, `postData` where the request for the token is the connector's own.
 *
 * Why: there is nowhere to sign in, and every call would fail.
 *
 * Example: `"authentication": "client_credentials"` without `"authUrl": "https://{tenant_id}/oauth/token"`.
 */
export const signInIncomplete = defineRule('sign-in-incomplete', 'warning', ({ connector: { rest } }) => {
  const { authentication, node } = rest;
  const needed = needs.get(authentication?.text ?? '');
  if (!authentication || !needed) return [];
  const options = childOf(node, 'authOptions');
  const given = new Set(
    propertiesOf(options)
      .filter(({ value }) => value.value !== '' && value.type !== 'null')
      .map(({ name }) => name.text),
  );
  const missing = needed.filter((name) => !given.has(name));
  if (missing.length === 0) return [];
  const place = propertiesOf(node).findLast(({ name }) => name.text === 'authOptions');
  return [
    {
      span: place?.name.span ?? authentication.span,
      message: `${authentication.text} cannot sign in without ${listNames(missing)}. Add ${missing.length === 1 ? 'it' : 'them'} to rest.authOptions.`,
    },
  ];
});

const needs: ReadonlyMap<string, readonly string[]> = new Map([
  ['client_credentials', ['authUrl']],
  ['certificate', ['authUrl']],
  ['authorization_code_grant', ['authUrl', 'loginUrl']],
  ['custom_post_token', ['authUrl', 'postData']],
]);
