import type { Rule } from '../rule.ts';
import { connectionItemName } from './connection-item-name.ts';
import { duplicateConnectionItem } from './duplicate-connection-item.ts';
import { emptyScopes } from './empty-scopes.ts';
import { endlessRetry } from './endless-retry.ts';
import { literalSecret } from './literal-secret.ts';
import { noTestConnection } from './no-test-connection.ts';
import { oldTls } from './old-tls.ts';
import { plainHttp } from './plain-http.ts';
import { retryWithoutPolicy } from './retry-without-policy.ts';
import { signInIncomplete } from './sign-in-incomplete.ts';
import { statusHandledTwice } from './status-handled-twice.ts';
import { unlistedHost } from './unlisted-host.ts';
import { unusedSignInOption } from './unused-sign-in-option.ts';
import { visiblePassword } from './visible-password.ts';

/** Sign-in, addresses, retries and connection items. */
export const restRules: readonly Rule[] = [
  connectionItemName,
  duplicateConnectionItem,
  emptyScopes,
  endlessRetry,
  literalSecret,
  noTestConnection,
  oldTls,
  plainHttp,
  retryWithoutPolicy,
  signInIncomplete,
  statusHandledTwice,
  unlistedHost,
  unusedSignInOption,
  visiblePassword,
];
