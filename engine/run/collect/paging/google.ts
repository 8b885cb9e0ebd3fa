import { fieldOf } from '../rows-of.ts';
import { variableTemplate } from './answer-tokens.ts';
import { isMissing } from './last-page.ts';
import type { PageRequest, PagingMode } from './strategy.ts';

const nowhere = { offset: 0, length: 0 };
const name = (text: string): { readonly text: string; readonly span: typeof nowhere } => ({ text, span: nowhere });

/** Call handling `google`: `nextPageToken` of the answer goes into `pageToken`; `maxResults` is the page size. */
export const google: PagingMode = ({ pageSize, fail }) => ({
  assumed: [
    'With the call handling google, nextPageToken of the answer goes into pageToken, and an answer without it is the last page.',
    ...(pageSize === undefined ? [] : ['With the call handling google, the page size goes into maxResults.']),
  ],
  listMayBeMissing: true,
  plan: {
    mode: 'google',
    ...(pageSize !== undefined && { pageSize }),
    next: 'pageToken = "nextPageToken" of the answer',
    end: '"nextPageToken" of the answer is missing or empty',
  },
  start() {
    const asked = new Set<string>();
    const page = (token?: string): PageRequest => ({
      variables: new Map<string, string | number>([
        ...(pageSize === undefined ? [] : ([['page_size', pageSize]] as const)),
        ...(token === undefined ? [] : ([['$page_token', token]] as const)),
      ]),
      params: [
        ...(pageSize === undefined ? [] : [{ name: name('maxResults'), template: variableTemplate('page_size', nowhere) }]),
        ...(token === undefined ? [] : [{ name: name('pageToken'), template: variableTemplate('$page_token', nowhere) }]),
      ],
    });
    return {
      first: page(),
      after({ body }) {
        const value = fieldOf(body, 'nextPageToken');
        if (isMissing(value)) return 'no-next';
        const token = typeof value === 'string' ? value : JSON.stringify(value);
        if (asked.has(token)) throw fail('page-repeated', 'names a next page that was asked for before, so its pages go in a circle');
        asked.add(token);
        return page(token);
      },
    };
  },
});
