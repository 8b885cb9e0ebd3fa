import type { Connector, Operation } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import { buildRequest, type BuiltRequest } from '../collect/request.ts';
import type { VariableValue } from '../collect/variables.ts';
import { SollistError } from '../error.ts';
import { mask } from '../http/redact.ts';
import type { WireRequest } from './plan.ts';
import { shownCredentials } from './shown-credentials.ts';
import { whyUnsafe } from './unsafe-value.ts';

/** The request of a planned write, or why it cannot be built. */
export type Rendered = { readonly request: WireRequest } | { readonly blocked: string };

/** What a write is rendered from. */
export interface WriteInput {
  readonly connector: Connector;
  readonly operation: Operation;
  /** Secrets masked: see `shownConnection`. */
  readonly connection: ResolvedConnection;
  readonly variables: ReadonlyMap<string, VariableValue>;
  /** The mapped attributes in their resource tree. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Headers whose value is a credential wherever it comes from, also written out in a connector. */
const secretHeader = /authorization|cookie|secret|token|password|api-?key|[-_]key$/i;

/** Renders exactly the request that would be sent, credentials masked. Sends nothing: no transport is within reach here. */
export function renderWrite(input: WriteInput): Rendered {
  const unsafe = whyUnsafe(input.operation, input.variables, input.connection.variables);
  if (unsafe !== undefined) return { blocked: unsafe };
  try {
    return { request: shownWire(input.connector, buildRequest(input)) };
  } catch (error) {
    if (error instanceof SollistError) return { blocked: error.message };
    throw error;
  }
}

/** A built request with the credentials of its authentication, masked. */
export function shownWire(connector: Connector, { verb, url, headers, body }: BuiltRequest): WireRequest {
  const credentials = shownCredentials(connector);
  // As in a run, the credentials of the authentication stand in for a header of that name.
  const own = Object.entries(headers).filter(([name]) => !Object.hasOwn(credentials, name));
  const shown = Object.fromEntries(own.map(([name, value]) => [name, secretHeader.test(name) ? mask : value]));
  return { verb, url, headers: { ...credentials, ...shown }, ...(body !== undefined && { body }) };
}
