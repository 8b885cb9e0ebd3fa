import type { Connector } from '../../model/connector/connector.ts';
import type { HttpResponse } from '../http/message.ts';
import { answerOf } from './fault.ts';

/** Kinds of authentication whose token answers can be played; the others need a key, a person, or have no token. */
const playable: ReadonlySet<string> = new Set(['client_credentials', 'custom_post_token']);

/** Whether a rehearsal can play the side that gives out tokens. */
export function canSignIn({ rest }: Connector): boolean {
  return playable.has(rest.authentication?.text ?? '');
}

/** The answer of that side: a token that nobody honours, where the connector looks for it. */
export function playedToken({ rest }: Connector, number: number): HttpResponse {
  const token = `rehearsed-token-${number}`;
  const { tokenPath, directToken } = rest.auth;
  if (tokenPath === undefined && directToken) return answerOf(200, JSON.stringify(token));
  const path = tokenPath?.split('.') ?? ['access_token'];
  const placed = path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), token) as Readonly<Record<string, unknown>>;
  return answerOf(200, { token_type: 'Bearer', expires_in: 3600, ...placed });
}
