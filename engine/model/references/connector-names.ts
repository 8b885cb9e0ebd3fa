import type { Connector } from '../connector/connector.ts';
import type { Name } from '../text/problem.ts';
import type { Entity } from './entity.ts';
import type { Spelling } from './occurrence.ts';

/** Notes a name; names that stand for nothing known are left out by giving no entity. */
export type Note = (
  name: Name | undefined,
  entity: Entity | undefined,
  more?: { readonly role?: 'declaration'; readonly spelling?: Spelling },
) => void;

/** The things of one connector, by name; undefined where there is none. */
export interface ConnectorNames {
  readonly connector: Connector;
  table(name: string | undefined): Entity | undefined;
  column(table: string | undefined, name: string): Entity | undefined;
  operation(table: string | undefined, name: string): Entity | undefined;
  /** What a role or a handler hands to an operation of a table: its column, or a name of its own. */
  attribute(table: string | undefined, name: string): Entity | undefined;
}
