import type { AuthenticationKind } from '../../../engine/model/new-connector/sign-in.ts';
import type { PagingKind } from '../../../engine/model/new-connector/paging.ts';

/** Something a person can pick: what it is called in the file, and what it means. */
export interface Offered<Value> {
  readonly label: string;
  readonly description: string;
  readonly value: Value;
}

// Records, so that the compiler notices a kind that is new in the engine.
const authentications: Readonly<Record<AuthenticationKind, readonly [label: string, description: string]>> = {
  none: ['No authentication', 'requests go out as they are'],
  basic_auth: ['Basic', 'user name and password with each request'],
  header_key: ['Key in a header', 'an API key or a token that is kept'],
  client_credentials: ['OAuth 2: client credentials', 'the application signs in by itself'],
  authorization_code_grant: ['OAuth 2: authorization code', 'a person signs in once'],
  certificate: ['OAuth 2: certificate', 'with a token signed by a certificate'],
  custom_post_token: ['Token by a request of its own', 'a POST gets a token, which goes into a header'],
  aeries: ['Aeries', 'the certificate of an Aeries student system'],
};

const pagings: Readonly<Record<PagingKind, readonly [label: string, description: string]>> = {
  none: ['No paging', 'one page holds everything'],
  skip_take: ['Offset and limit', '?offset=200&limit=100'],
  generic: ['Page number', '?page=3&pageSize=100'],
  url: ['Next address in the answer', 'a field such as "next" holds it'],
  token: ['Token in the answer', 'a cursor or bookmark for the next page'],
  link: ['Link header', 'the HTTP header Link names the next page'],
};

/** The ways to sign in, in the order they are offered. */
export const authenticationChoices: readonly Offered<string>[] = offered(authentications);

/** The ways to page, in the order they are offered. */
export const pagingChoices: readonly Offered<string>[] = offered(pagings);

function offered(kinds: Readonly<Record<string, readonly [label: string, description: string]>>): readonly Offered<string>[] {
  return Object.entries(kinds).map(([value, [label, description]]) => ({ label, description, value }));
}
