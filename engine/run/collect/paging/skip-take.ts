import { endOfRows, endPlan, markedEnd, markerAssumption } from './last-page.ts';
import { endByLength, lengthAssumption, sizedParams, sizeVariables, type PageRequest, type PagingMode } from './strategy.ts';

/** `skip_take`: rows are skipped from 0, or counted from 1 where `zero_based` is false, by the number of rows received so far. */
export const skipTake: PagingMode = ({ paging, pageSize, iteration, fail }) => {
  const start = paging.zeroBased === false ? 1 : 0;
  const page = (skip: number): PageRequest => ({
    variables: new Map([['skip_count', skip], ...sizeVariables(pageSize)]),
    params: sizedParams(paging, pageSize),
  });
  return {
    assumed: [
      ...(paging.zeroBased === undefined ? ['Rows are skipped from 0.'] : []),
      ...markerAssumption(paging),
      ...(paging.lastPage ? [] : [lengthAssumption(pageSize, iteration)]),
    ],
    ...(pageSize !== undefined && !paging.lastPage && { pageSize }),
    plan: {
      mode: 'skip_take',
      ...(pageSize !== undefined && { pageSize }),
      next: `{skip_count} grows by the rows received, from ${start}`,
      end: endPlan(paging, endOfRows(iteration)),
    },
    start() {
      let skip = start;
      return {
        first: page(skip),
        after(came) {
          const marked = markedEnd(paging, came.body);
          const end = marked === 'more' ? undefined : (marked ?? endByLength(came, pageSize));
          if (end) return end;
          // Nothing was received, so the next request would be the same once more.
          if (came.rows === 0) throw fail('page-repeated', 'sends a page without rows and says that it is not the last one');
          skip += came.rows;
          return page(skip);
        },
      };
    },
  };
};
