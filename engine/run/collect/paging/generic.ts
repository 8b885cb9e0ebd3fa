import { endOfRows, endPlan, markedEnd, markerAssumption } from './last-page.ts';
import { endByLength, lengthAssumption, sizedParams, sizeVariables, type PageRequest, type PagingMode } from './strategy.ts';

/** `generic`: pages are numbered from 1, or from 0 with `zero_based`. */
export const generic: PagingMode = ({ paging, pageSize, iteration }) => {
  const start = paging.zeroBased === true ? 0 : 1;
  const page = (number: number): PageRequest => ({
    variables: new Map([['page_number', number], ...sizeVariables(pageSize)]),
    params: sizedParams(paging, pageSize),
  });
  return {
    assumed: [
      ...(paging.zeroBased === undefined ? ['Pages are counted from 1.'] : []),
      ...markerAssumption(paging),
      ...(paging.lastPage ? [] : [lengthAssumption(pageSize, iteration)]),
    ],
    ...(pageSize !== undefined && !paging.lastPage && { pageSize }),
    plan: {
      mode: 'generic',
      ...(pageSize !== undefined && { pageSize }),
      next: `{page_number} grows by 1, from ${start}`,
      end: endPlan(paging, endOfRows(iteration)),
    },
    start() {
      let number = start;
      return {
        first: page(number),
        after(came) {
          const marked = markedEnd(paging, came.body);
          const end = marked === 'more' ? undefined : (marked ?? endByLength(came, pageSize));
          return end ?? page(++number);
        },
      };
    },
  };
};
