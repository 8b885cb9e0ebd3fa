import { findTable, type Connector, type Operation, type Table } from './connector.ts';
import { handlersOf, scopeAt, type ElementHandler, type Place, type Scope } from './scope.ts';
import { placedTemplates, templatesOf, type PlacedTemplate } from './templates.ts';

/** An operation with its table. */
export interface TableOperation {
  readonly table: Table;
  readonly operation: Operation;
}

/** What many readers of one connector ask for: each answer is worked out once, when it is first wanted. */
export interface ConnectorFacts {
  /** The tables written under `crud_objects`, without the child tables made from arrays. */
  readonly declaredTables: readonly Table[];
  /** Every operation with its table. */
  readonly operations: readonly TableOperation[];
  /** Every template of the connector, place by place. */
  readonly templates: readonly PlacedTemplate[];
  /** The templates of one operation. */
  templatesOf(operation: Operation): readonly PlacedTemplate[];
  /** The element handlers of multi-value columns. */
  readonly handlers: readonly ElementHandler[];
  /** The variables that have a value in a place. */
  scopeAt(place: Place): Scope;
}

/** Of the connectors that were asked about last: facts are large, and a workspace has hundreds of connectors but few that are being edited. */
const recent: { readonly connector: Connector; readonly facts: ConnectorFacts }[] = [];
const mostRecent = 4;

/** The facts of a connector; the same record for the same connector, as long as not too many others are asked about. */
export function factsOf(connector: Connector): ConnectorFacts {
  const known = recent.find((one) => one.connector === connector);
  if (known) return known.facts;
  const facts = createFacts(connector);
  recent.unshift({ connector, facts });
  recent.length = Math.min(recent.length, mostRecent);
  return facts;
}

function createFacts(connector: Connector): ConnectorFacts {
  const scopes = new Map<unknown, Scope>();
  const declaredTables = once(() => connector.tables.filter(({ parent }) => parent === undefined));
  const operations = once(() => declaredTables().flatMap((table) => table.operations.map((operation) => ({ table, operation }))));
  const templates = once(() => templatesOf(connector));
  const handlers = once(() => handlersOf(connector));
  return {
    get declaredTables() {
      return declaredTables();
    },
    get operations() {
      return operations();
    },
    get templates() {
      return templates();
    },
    templatesOf(operation) {
      const table = findTable(connector, operation.table);
      return table ? placedTemplates(table, operation) : [];
    },
    get handlers() {
      return handlers();
    },
    scopeAt(place) {
      const key = place.kind === 'operation' ? place.operation : place.kind;
      const scope = scopes.get(key) ?? scopeAt(connector, place);
      scopes.set(key, scope);
      return scope;
    },
  };
}

/** A value that is made when it is first asked for. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
