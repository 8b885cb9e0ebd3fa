import { nextLink } from './link-header.ts';
import { endPlan, markedEnd, markerAssumption } from './last-page.ts';
import { createNextAddresses } from './next-address.ts';
import { sizedParams, sizeVariables, type PagingMode } from './strategy.ts';

/** `link`: the `Link` header names the next page with `rel="next"` (RFC 8288), as an absolute or relative address. */
export const link: PagingMode = ({ paging, pageSize, fail }) => ({
  assumed: [
    'The Link header with rel="next" holds the whole address of the next page; an answer without one is the last page.',
    ...markerAssumption(paging),
  ],
  plan: {
    mode: 'link',
    ...(pageSize !== undefined && { pageSize }),
    next: 'the address in the Link header with rel="next"',
    end: endPlan(paging, 'an answer without such a link'),
  },
  start() {
    const addresses = createNextAddresses({ fail });
    return {
      first: { variables: new Map(sizeVariables(pageSize)), params: sizedParams(paging, pageSize) },
      after({ body, headers, url }) {
        const marked = markedEnd(paging, body);
        if (marked === 'flag' || marked === 'no-next') return marked;
        const next = nextLink(headers['link']);
        return next === undefined ? 'no-next' : addresses.follow(next, url);
      },
    };
  },
});
