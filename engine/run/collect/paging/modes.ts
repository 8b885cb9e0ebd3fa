import type { Connector, Operation, Paging } from '../../../model/connector/connector.ts';
import { ownHandling, pagingFor } from '../../../model/connector/paging.ts';
import type { ResolvedConnection } from '../../connection.ts';
import { SollistError } from '../../error.ts';
import { renderPlain } from '../variables.ts';
import { azure } from './azure.ts';
import { generic } from './generic.ts';
import { google } from './google.ts';
import { link } from './link.ts';
import { none } from './none.ts';
import { skipTake } from './skip-take.ts';
import type { PagingMode, PagingOptions, Strategy } from './strategy.ts';
import { url } from './url.ts';

/** Every value of `pagination.mode`: a file and a line each. */
const modes: Readonly<Record<string, PagingMode>> = {
  generic,
  skip_take: skipTake,
  url,
  link,
};

/** Call handlings that page in a way of their own where no `pagination` says otherwise. */
const handlings = { google, azure };

/** The strategy of an operation; throws `paging-unsupported` (subject: the mode) or `page-size-invalid`. */
export function pagingOf(connector: Connector, operation: Operation, connection: ResolvedConnection): Strategy {
  const handling = ownHandling(connector);
  const paging = pagingFor(connector, operation);
  const name = paging?.mode?.text;
  if (!operation.paging || name === 'none' || (name === undefined && !handling)) return none;
  const mode = name === undefined ? handling && handlings[handling] : Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (!mode) throw unsupported(connection.system, operation, name ?? '');
  const strategy = mode({
    paging: paging ?? noPaging(connector),
    pageSize: pageSizeOf(connector, operation, paging, connection),
    iteration: operation.call.mode === 'iteration',
    fail: failIn(connection.system, operation),
  });
  const replaced =
    handling && name !== undefined ? [`"pagination" is written out, so the paging of the call handling ${handling} is not used.`] : [];
  const counts = name === 'generic' || name === 'skip_take';
  return {
    ...strategy,
    assumed: [...replaced, ...strategy.assumed],
    ...(counts && operation.maxPageCount === -1 && { asksForAll: true }),
  };
}

/**
 * `pagination.page_size`, else a connection item of that name, else `maxPageCount`; −1 means none. For the handlings that use it, the
 * operation's own `maxPageCount` comes first.
 */
function pageSizeOf(
  connector: Connector,
  operation: Operation,
  paging: Paging | undefined,
  connection: ResolvedConnection,
): number | undefined {
  const own = operation.maxPageCount;
  if (own === -1) return undefined;
  if (own !== undefined && own > 0 && ownHandling(connector)) return own;
  const rendered = paging?.pageSize && renderPlain(paging.pageSize, (name) => connection.variables.get(name));
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
  const count = own ?? connector.rest.maxPageCount;
  return count !== undefined && count > 0 ? count : undefined;
}

function noPaging({ root }: Connector): Paging {
  if (!root) throw new Error('a connector without a text has no operations');
  return { params: [], replaceInUrl: false, answerParams: [], node: root };
}

function failIn(system: string, operation: Operation): PagingOptions['fail'] {
  const advice = {
    'page-repeated': 'Does the system understand the paging parameters of the connector?',
    'page-next-invalid': 'Look at the pagination of the connector, and at what came in the request trace.',
  };
  return (code, what) => new SollistError(code, `${system}: an answer to ${operation.name.text} ${what}. ${advice[code]}`);
}

function unsupported(system: string, operation: Operation, mode: string): SollistError {
  return new SollistError(
    'paging-unsupported',
    `${system}: ${operation.name.text} pages by "${mode}", which is no mode that Sollist knows. It knows ${Object.keys(modes).join(', ')}.`,
    { subject: mode },
  );
}
