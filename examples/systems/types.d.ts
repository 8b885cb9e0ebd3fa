/** The little of oidc-provider that the sample HR system uses; the package has no types of its own. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export type ClientCredentials = {
    /** Neither expired nor consumed. */
    readonly isValid: boolean;
    readonly scopes: ReadonlySet<string>;
  };

  export default class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    readonly ClientCredentials: { find(token: string): Promise<ClientCredentials | undefined> };
    callback(): RequestListener;
  }
}
