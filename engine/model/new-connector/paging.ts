import { objectOf, type JsonObject } from './parsed.ts';

/** Every way of paging that can be chosen, in the order they are offered. `token` is mode `url` with a token of the answer before. */
export const pagingKinds = {
  none: 'one page holds everything',
  generic: 'by page number',
  skip_take: 'by offset',
  link: 'the HTTP header Link names the next page',
  url: 'the answer holds the address of the next page',
  token: 'the answer holds a token for the next page',
} as const;

export type PagingKind = keyof typeof pagingKinds;

/** Whether a text names a kind. */
export function isPagingKind(text: string): text is PagingKind {
  return Object.hasOwn(pagingKinds, text);
}

/** How an API pages, as far as it is known. */
export interface PagingDetails {
  readonly kind: PagingKind;
  /** The query parameter with the page number, the offset or the token. */
  readonly position?: string;
  /** The query parameter with the page size; null where there is none. */
  readonly size?: string | null;
  /** Dotted path of the next address or token in the answer. */
  readonly field?: string;
  /** Rows per page at first. */
  readonly pageSize?: number;
  /** Pages or rows are counted from 0 (true) or from 1 (false), where that is not the usual way. */
  readonly zeroBased?: boolean;
}

/** The parts of a connector that page. */
export interface Paging {
  readonly pagination?: JsonObject;
  /** The connection needs an item `page_size` with this value. */
  readonly pageSize?: number;
  readonly notes: readonly string[];
}

const usual = {
  generic: { position: 'page', size: 'pageSize' },
  skip_take: { position: 'offset', size: 'limit' },
  link: { position: '', size: 'per_page' },
  url: { position: '', size: null },
  token: { position: 'cursor', size: 'limit' },
} as const;

/** The pagination block for a way of paging; what is not known gets a likely value and a note. */
export function pagingBy(details: PagingDetails): Paging {
  const { kind } = details;
  if (kind === 'none') return { notes: [] };
  const position = details.position ?? usual[kind].position;
  const size = details.size === undefined ? usual[kind].size : details.size;
  const field = details.field ?? (kind === 'url' ? 'next' : 'nextCursor');
  const pageSize = details.pageSize ?? 100;
  const made = (block: JsonObject): Paging => ({
    pagination: block,
    ...(size !== null && { pageSize }),
    notes: notesOf(details),
  });
  const zeroBased = details.zeroBased;
  // The page size is an input of the connection: limits differ from customer to customer.
  const sizing = size === null ? {} : { page_size: '{page_size}' };
  const onlySize = size === null ? {} : { ...sizing, params: { [size]: '{page_size}' } };
  switch (kind) {
    case 'generic':
      return made({
        mode: 'generic',
        ...(zeroBased === true && { zero_based: true }),
        ...sizing,
        params: objectOf([[position, '{page_number}'], ...(size === null ? [] : [[size, '{page_size}'] as const])]),
      });
    case 'skip_take':
      return made({
        mode: 'skip_take',
        ...(zeroBased === false && { zero_based: false }),
        ...sizing,
        params: objectOf([...(size === null ? [] : [[size, '{take_count}'] as const]), [position, '{skip_count}']]),
      });
    case 'link':
      return made({ mode: 'link', ...onlySize });
    case 'url':
      return made({ mode: 'url', field, ...onlySize });
    case 'token':
      return made({
        mode: 'url',
        replace_in_url: true,
        ...onlySize,
        last_page: { type: 'token', path: field },
        query_params: [{ name: position, value: { type: 'response_field', value: field } }],
      });
  }
}

function notesOf({ kind, position, size, field }: PagingDetails): readonly string[] {
  const assumed: string[] = [];
  if (kind !== 'link' && kind !== 'url' && position === undefined) assumed.push('the names of the page parameters');
  if (kind === 'link' && size === undefined) assumed.push('the name of the parameter for the page size');
  if (kind === 'url' && field === undefined) assumed.push('the field with the next address');
  if (kind === 'token' && field === undefined) assumed.push('the field with the token');
  if (assumed.length === 0) return [];
  return [
    `Paging: ${assumed.join(' and ')} ${assumed.length > 1 || assumed[0]?.startsWith('the names') === true ? 'are' : 'is'} assumed. Compare rest.config.get.pagination with the API's documentation.`,
  ];
}
