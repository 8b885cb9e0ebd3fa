import type { Connector, Operation } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import { buildRequest } from '../collect/request.ts';
import type { VariableValue } from '../collect/variables.ts';
import { SollistError } from '../error.ts';
import { mask } from '../http/redact.ts';
import type { WireRequest } from './plan.ts';
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

const credentials: ReadonlyMap<string, string> = new Map([
  ['basic_auth', `Basic ${mask}`],
  ['client_credentials', `Bearer ${mask}`],
  ['certificate', `Bearer ${mask}`],
  ['authorization_code_grant', `Bearer ${mask}`],
  ['custom_post_token', `Bearer ${mask}`],
]);

/** Headers whose value is a credential wherever it comes from, also written out in a connector. */
const secretHeader = /authorization|cookie|secret|token|password|api-?key|[-_]key$/i;

/** Renders exactly the request that would be sent, credentials masked. Sends nothing: no transport is within reach here. */
export function renderWrite(input: WriteInput): Rendered {
  const unsafe = whyUnsafe(input.operation, input.variables, input.connection.variables);
  if (unsafe !== undefined) return { blocked: unsafe };
  try {
    const built = buildRequest(input);
    const authorization = credentials.get(input.connector.rest.authentication?.text ?? '');
    // As in a run, the credentials of the authentication stand in for a header of that name.
    const own = Object.entries(built.headers).filter(([name]) => authorization === undefined || name !== 'authorization');
    const headers = Object.fromEntries(own.map(([name, value]) => [name, secretHeader.test(name) ? mask : value]));
    return { request: { ...built, headers: { ...(authorization !== undefined && { authorization }), ...headers } } };
  } catch (error) {
    if (error instanceof SollistError) return { blocked: error.message };
    throw error;
  }
}
