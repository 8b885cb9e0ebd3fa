import { authenticationInputs } from '../../model/connector/authentication.ts';
import type { Connector } from '../../model/connector/connector.ts';
import type { ConnectionValue, System } from '../../model/system/system.ts';
import type { ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import type { Marks } from './marks.ts';
import { shownConnection } from './shown-connection.ts';

/** Whose connection is shown. */
export interface PreviewedConnection {
  readonly connector: Connector;
  /** Without one, every value shows as its name. */
  readonly system?: System;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Every connection value that is missing shows as its name: a preview must not fail for what only a run needs. Secrets are masked. */
export function previewConnection({ connector, system, env }: PreviewedConnection, marks: Marks): ResolvedConnection {
  const span = { offset: 0, length: 0 };
  const base: System = system ?? { name: 'the system', connector: { text: '', span }, connection: new Map(), allowedHosts: [], tables: [] };
  const connection = new Map<string, ConnectionValue>(base.connection);
  const inputs = authenticationInputs(connector.rest.authentication?.text);
  for (const { name, value } of connector.items)
    if (!connection.has(name.text) && !inputs.includes(name.text) && (value === undefined || value === ''))
      connection.set(name.text, { kind: 'literal', value: marks.of(name.text) });
  // No secret, and hidden it would hide the address.
  if (
    inputs.includes('tenant_id') &&
    !connection.has('tenant_id') &&
    !connector.items.some(({ name, value }) => name.text === 'tenant_id' && value)
  )
    connection.set('tenant_id', { kind: 'literal', value: marks.of('tenant_id') });
  for (let tries = 0; ; tries++) {
    try {
      return shownConnection(connector, { ...base, connection }, env);
    } catch (error) {
      // It names the value that is missing; there are not more of them than a connector has.
      const missing = error instanceof SollistError && error.code === 'connection-missing' ? error.subject : undefined;
      if (missing === undefined || connection.has(missing) || tries > 200) throw error;
      connection.set(missing, { kind: 'literal', value: marks.of(missing) });
    }
  }
}
