import { camelCase, tokenHeadersOf, tokenVariable } from '../../../model/connector/authentication.ts';
import { renderTemplate } from '../../../model/connector/template.ts';
import { textsIn } from '../../../model/connector/templates.ts';
import { booleanOf, childOf } from '../../../model/text/json.ts';
import { textOf, type HttpRequest } from '../message.ts';
import { bearer } from './bearer.ts';
import { withHeader, type AuthContext, type AuthKind } from './kind.ts';
import { formOf, namesIn, renderTree } from './template-tree.ts';
import { findToken } from './token-answer.ts';
import { noToken, sendForToken, tokenAddress, type Asking } from './token-request.ts';
import { renewalOf, type Token, type Wanted } from './tokens.ts';
import { tokenValues } from './values.ts';

/**
 * A request of the connector's own (`authOptions.postData`: JSON, or a form with `postAsForm`) gets the token. It stands at `tokenPath` of the
 * answer, or is the answer itself. It is sent as `Authorization: Bearer …`, unless a header of the connector uses `{token}`.
 */
export const customPostToken: AuthKind = (context) => {
  const { connector, connection } = context;
  const names = namesUsed(context);
  const inputs = [...connection.variables.keys()].filter((input) => names.includes(input) || names.includes(camelCase(input)));
  const asking = { address: tokenAddress(context), inputs };
  return bearer(context, {
    inputs,
    uses: { scopes: names.includes('scope') || names.includes('scopes'), subject: false },
    fetchToken: (wanted, signal) => fetchToken(context, asking, wanted, signal),
    ...(tokenHeadersOf(connector).length > 0 && { carry: (request, token) => withTokenHeaders(context, request, token) }),
  });
};

/** Every value that the request names. */
function namesUsed({ connector }: AuthContext): readonly string[] {
  const { postData } = connector.rest.auth;
  return [...textsIn(postData).flatMap(({ variables }) => variables.map(({ name }) => name)), ...namesIn(postData)];
}

async function fetchToken(context: AuthContext, asking: Asking, wanted: Wanted, signal: AbortSignal): Promise<Token> {
  const { connector, redactor, clock } = context;
  const { auth, node } = connector.rest;
  const value = auth.postData ? renderTree(auth.postData, tokenValues(context, wanted)) : {};
  const asForm = booleanOf(childOf(node, 'config', 'postAsForm')) === true;
  const headers = {
    accept: 'application/json, text/plain, */*',
    'content-type': asForm ? 'application/x-www-form-urlencoded' : 'application/json',
  };
  const response = await sendForToken(
    context,
    asking,
    { headers, body: asForm ? formOf(value).toString() : JSON.stringify(value) },
    signal,
  );
  const found = findToken(textOf(response), auth);
  if ('missing' in found) throw noToken(context, asking, redactor.text(found.missing));
  if (!response.secrets.includes(found.token)) redactor.learn(found.token);
  return { value: found.token, ...renewalOf(found.seconds, clock), secrets: [...new Set([found.token, ...response.secrets])] };
}

function withTokenHeaders({ connector, connection }: AuthContext, request: HttpRequest, token: Token): HttpRequest {
  return tokenHeadersOf(connector).reduce((current, { name, template }) => {
    const value = (variable: string): string | undefined => (variable === tokenVariable ? token.value : connection.variables.get(variable));
    return withHeader(current, name.text.toLowerCase(), renderTemplate(template, (variable) => value(variable.name)).text);
  }, request);
}
