import * as oauth from 'oauth4webapi';
import { cancelled, SollistError } from '../../error.ts';
import { openCallback } from './callback.ts';
import { clientAuthentication, clientOf } from './client-credentials.ts';
import type { AuthContext } from './kind.ts';
import { loginAddress } from './login-address.ts';
import type { Grant } from './token-memory.ts';
import { askForToken, type Asking, type GrantedToken } from './token-request.ts';
import { orCancelled, renewalOf } from './tokens.ts';

/** How long a person may take to sign in, in milliseconds. */
export const patience = 5 * 60_000;

/**
 * Has a person sign in through the browser: authorization code with PKCE (RFC 7636), the way back on this machine. Throws `sign-in-needed`
 * where nobody can be asked, and `sign-in-failed` where it is refused or takes too long.
 */
export async function signInByBrowser(
  context: AuthContext,
  asking: Asking,
  scopes: readonly string[],
  signal: AbortSignal,
): Promise<Grant> {
  const { connection, redactor, signIn } = context;
  const { system } = connection;
  if (!signIn) {
    throw new SollistError(
      'sign-in-needed',
      `${system}: a person has to sign in through the browser, and nobody can be asked here. Run it in the editor, or in a terminal.`,
      { subject: system },
    );
  }
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  for (const secret of [state, verifier]) redactor.learn(secret);
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const callback = await openCallback(system, state, connection.variables.get('redirect_uri') || undefined);
  try {
    const { redirectUri } = callback;
    const address = loginAddress(context, { redirectUri, scopes, state, challenge });
    signIn({ system, address: address.href, redirectUri });
    const answer = await within(callback.answer, context, signal);
    const issuer = issuerOf(answer, [address, asking.address], system);
    return await redeem(context, asking, { answer, state, verifier, redirectUri, issuer }, signal);
  } finally {
    callback.close();
  }
}

/** The browser's answer, unless it takes too long. */
async function within(
  answer: Promise<URLSearchParams>,
  { connection: { system }, clock }: AuthContext,
  signal: AbortSignal,
): Promise<URLSearchParams> {
  const stop = new AbortController();
  const tooLate = clock.wait(patience, AbortSignal.any([signal, stop.signal])).then(
    () => {
      throw new SollistError(
        'sign-in-failed',
        `${system}: nobody signed in within ${patience / 60_000} minutes. Run it again, and sign in in the browser.`,
        {
          subject: system,
        },
      );
    },
    () => Promise.reject(cancelled()),
  );
  tooLate.catch(() => undefined);
  try {
    return await orCancelled(Promise.race([answer, tooLate]), signal);
  } finally {
    stop.abort();
  }
}

/**
 * Who says that it issued the answer (RFC 9207), where it says so. Connectors do not name the issuer, so it is held against the hosts they do
 * name: an answer of another server is refused.
 */
function issuerOf(answer: URLSearchParams, known: readonly URL[], system: string): string | undefined {
  const issuer = answer.get('iss');
  if (issuer === null) return undefined;
  if (URL.canParse(issuer) && known.some(({ origin }) => origin === new URL(issuer).origin)) return issuer;
  throw new SollistError(
    'sign-in-failed',
    `${system}: the answer to the sign-in is from another server than that of loginUrl and authUrl, and is not used.`,
    {
      subject: system,
    },
  );
}

interface Answer {
  readonly answer: URLSearchParams;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly issuer: string | undefined;
}

/** Exchanges the code for a token. */
async function redeem(
  context: AuthContext,
  asking: Asking,
  { answer, state, verifier, redirectUri, issuer }: Answer,
  signal: AbortSignal,
): Promise<Grant> {
  const { connection, redactor } = context;
  const client = clientOf(context);
  const code = answer.get('code');
  if (code !== null) redactor.learn(code);
  if (answer.has('error') || code === null) throw refused(connection.system, answer, (text) => redactor.text(text));
  const granted = await askForToken(context, asking, signal, {
    client,
    ...(issuer !== undefined && { issuer }),
    ask: (server, options) => {
      const parameters = oauth.validateAuthResponse(server, client, answer, state);
      return oauth.authorizationCodeGrantRequest(server, client, clientAuthentication(context), parameters, redirectUri, verifier, options);
    },
    read: (server, response) => oauth.processAuthorizationCodeResponse(server, client, response),
  });
  return grantOf(granted, context);
}

/** A grant from what the token address gave. */
export function grantOf({ value, seconds, refreshToken }: GrantedToken, { clock }: AuthContext, before?: Grant): Grant {
  // A server that turns refresh tokens over sends the next one; else the one before stays good.
  const renewing = refreshToken ?? before?.refreshToken;
  return { accessToken: value, ...renewalOf(seconds, clock), ...(renewing !== undefined && { refreshToken: renewing }) };
}

function refused(system: string, answer: URLSearchParams, redact: (text: string) => string): SollistError {
  const error = answer.get('error') ?? '';
  const said = redact([error, answer.get('error_description') ?? ''].filter((part) => part !== '').join(', '))
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .slice(0, 200);
  const why =
    error === 'access_denied'
      ? 'was refused in the browser: the person, or the server, did not allow it'
      : 'did not end with what it should';
  return new SollistError(
    'sign-in-failed',
    `${system}: the sign-in ${why}.${said && ` The page says: ${said}.`} Run it again to sign in anew.`,
    {
      subject: system,
    },
  );
}
