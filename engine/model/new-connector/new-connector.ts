import { connectorText, type ConnectorParts } from './connector-text.ts';

/** A connector somebody can go on with. */
export interface NewConnector {
  readonly kind: 'made';
  readonly text: string;
  readonly tables: readonly NewTableSummary[];
  /** What was assumed, and what is left to do; sentences. */
  readonly notes: readonly string[];
  /** What the source has and the connector has not, and why. */
  readonly leftOut: readonly LeftOut[];
}

/** What one table of a new connector offers. */
export interface NewTableSummary {
  readonly name: string;
  readonly columns: number;
  readonly operations: readonly string[];
  /** It can be used in role models. */
  readonly membership: boolean;
}

/** Something that did not fit, e.g. `POST /users/{id}/activate`. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** A source nothing can be made of; the message says why and what to do. */
export interface Refused {
  readonly kind: 'refused';
  readonly message: string;
}

/** Puts the parts together. */
export function newConnector(
  parts: ConnectorParts,
  told: { readonly notes?: readonly string[]; readonly leftOut?: readonly LeftOut[]; readonly columns: ReadonlyMap<string, number> },
): NewConnector {
  return {
    kind: 'made',
    text: connectorText(parts),
    tables: parts.tables.map(({ name, operations, groupmembership }) => ({
      name,
      columns: told.columns.get(name) ?? 0,
      operations: Object.keys(operations),
      membership: groupmembership !== undefined,
    })),
    notes: [...new Set([...parts.signIn.notes, ...parts.paging.notes, ...(told.notes ?? [])])],
    leftOut: told.leftOut ?? [],
  };
}

/** A base address as the format wants it: with a scheme, without the last slash. Empty means a host that the connection names. */
export function baseAddress(text: string | undefined): string {
  const address = (text ?? '').trim().replace(/\/+$/, '');
  if (address === '') return 'https://{tenant_id}';
  return /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
}
