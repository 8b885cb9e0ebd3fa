import type { Connector, Operation } from '../../../model/connector/connector.ts';
import type { ResolvedConnection } from '../../connection.ts';
import { SollistError } from '../../error.ts';
import { renderPlain } from '../variables.ts';
import { generic } from './generic.ts';
import { none } from './none.ts';
import { skipTake } from './skip-take.ts';
import type { PagingMode, Strategy } from './strategy.ts';

/** Every supported value of `pagination.mode`: a file and a line each. */
const modes: Readonly<Record<string, PagingMode>> = {
  generic,
  skip_take: skipTake,
};

/** The strategy of an operation; throws `paging-unsupported` (subject: the mode) or `page-size-invalid`. */
export function pagingOf(
  connector: Connector,
  operation: Operation,
  connection: ResolvedConnection,
): Strategy & { readonly pageSize?: number } {
  const { paging, callHandling } = connector.rest;
  if (!operation.paging) return none;
  const handling = callHandling?.text;
  if (!paging && (handling === 'azure' || handling === 'google')) throw unsupported(connection.system, operation, handling);
  const name = paging?.mode?.text;
  if (!paging || name === undefined || name === 'none') return none;
  const mode = Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (!mode) throw unsupported(connection.system, operation, name);
  const pageSize = pageSizeOf(connector, operation, connection);
  return { ...mode({ paging, pageSize, iteration: operation.call.mode === 'iteration' }), ...(pageSize !== undefined && { pageSize }) };
}

/** `pagination.page_size`, else a connection item of that name, else `maxPageCount`; −1 means none. */
function pageSizeOf(connector: Connector, operation: Operation, connection: ResolvedConnection): number | undefined {
  const template = connector.rest.paging?.pageSize;
  const rendered = template && renderPlain(template, (name) => connection.variables.get(name));
  const text = (rendered && rendered.missing.length === 0 ? rendered.text : undefined) || connection.variables.get('page_size');
  if (text !== undefined && text !== '') {
    const size = Number(text);
    if (Number.isSafeInteger(size) && size > 0) return size;
    if (size === -1) return undefined;
    throw new SollistError(
      'page-size-invalid',
      `${connection.system}: the page size "${text}" is no whole number above 0. Look at page_size in systems/${connection.system}.json or in the connector.`,
      {
        subject: 'page_size',
      },
    );
  }
  const count = operation.maxPageCount ?? connector.rest.maxPageCount;
  return count !== undefined && count > 0 ? count : undefined;
}

function unsupported(system: string, operation: Operation, mode: string): SollistError {
  return new SollistError(
    'paging-unsupported',
    `${system}: ${operation.name.text} pages by "${mode}", which Sollist cannot do yet. It can do ${Object.keys(modes).join(', ')}.`,
    { subject: mode },
  );
}
