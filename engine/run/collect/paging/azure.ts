import { isObject } from '../answer.ts';
import { variableTemplate } from './answer-tokens.ts';
import { isMissing } from './last-page.ts';
import { createNextAddresses } from './next-address.ts';
import type { PagingMode } from './strategy.ts';

const nowhere = { offset: 0, length: 0 };

/** Call handling `azure`: `@odata.nextLink` is the address of the next page (OData 4.01, JSON format, 4.5.5); `$top` is the page size. */
export const azure: PagingMode = ({ pageSize, fail }) => ({
  assumed: [
    'With the call handling azure, @odata.nextLink of the answer is the next page, and an answer without it is the last one.',
    ...(pageSize === undefined ? [] : ['With the call handling azure, the page size goes into $top.']),
  ],
  plan: {
    mode: 'azure',
    ...(pageSize !== undefined && { pageSize }),
    next: 'the address in "@odata.nextLink" of the answer',
    end: '"@odata.nextLink" of the answer is missing or empty',
  },
  start() {
    const addresses = createNextAddresses({ fail });
    return {
      first: {
        variables: new Map(pageSize === undefined ? [] : [['page_size', pageSize]]),
        params: pageSize === undefined ? [] : [{ name: { text: '$top', span: nowhere }, template: variableTemplate('page_size', nowhere) }],
      },
      after({ body, url }) {
        const next = isObject(body) && Object.hasOwn(body, '@odata.nextLink') ? body['@odata.nextLink'] : undefined;
        if (isMissing(next)) return 'no-next';
        if (typeof next !== 'string')
          throw fail('page-next-invalid', 'has no text in "@odata.nextLink", where the address of the next page should be');
        return addresses.follow(next, url);
      },
    };
  },
});
