import type { Connector, Operation, Table } from './connector.ts';
import { handlersOf, scopeAt, type ElementHandler, type Place, type Scope } from './scope.ts';
import { templatesOf, type PlacedTemplate } from './templates.ts';

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

const memory = new WeakMap<Connector, ConnectorFacts>();

/** The facts of a connector; the same record for the same connector. */
export function factsOf(connector: Connector): ConnectorFacts {
  const known = memory.get(connector) ?? createFacts(connector);
  memory.set(connector, known);
  return known;
}

function createFacts(connector: Connector): ConnectorFacts {
  const scopes = new Map<unknown, Scope>();
  const declaredTables = once(() => connector.tables.filter(({ parent }) => parent === undefined));
  const operations = once(() => declaredTables().flatMap((table) => table.operations.map((operation) => ({ table, operation }))));
  const templates = once(() => templatesOf(connector));
  const byOperation = once(() => {
    const groups = new Map<Operation, PlacedTemplate[]>();
    for (const template of templates()) {
      if (template.place.kind !== 'operation') continue;
      const { operation } = template.place;
      const group = groups.get(operation);
      if (group) group.push(template);
      else groups.set(operation, [template]);
    }
    return groups;
  });
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
    templatesOf: (operation) => byOperation().get(operation) ?? [],
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
