import type { LeftOut } from '../new-connector.ts';
import type { ApiOperation } from './document.ts';

/** Which operations of the document went into the connector, and why the others did not. Nothing is lost in silence. */
export interface Ledger {
  /** It is in the connector, or says nothing that the connector has not. */
  use(operation: ApiOperation): void;
  leave(operation: ApiOperation, why: string): void;
  /** What was left out, in the order of the document; operations nobody spoke of included. */
  leftOut(operations: readonly ApiOperation[]): readonly LeftOut[];
}

export function createLedger(): Ledger {
  const fate = new Map<ApiOperation, string | undefined>();
  return {
    use: (operation) => void fate.set(operation, undefined),
    leave: (operation, why) => {
      if (!fate.has(operation)) fate.set(operation, why);
    },
    leftOut: (operations) =>
      operations.flatMap((operation) => {
        const why = fate.has(operation) ? fate.get(operation) : defaultReason(operation);
        return why === undefined ? [] : [{ what: nameOf(operation), why }];
      }),
  };
}

/** An operation as people write it: `POST /users`. */
export function nameOf({ method, path }: ApiOperation): string {
  return `${method.toUpperCase()} ${path}`;
}

function defaultReason({ method, deprecated }: ApiOperation): string {
  if (deprecated) return 'deprecated';
  return method === 'get' ? 'its answer holds no clear list of rows' : 'an action on its own, or on something that is no table';
}
