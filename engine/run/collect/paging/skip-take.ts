import { endByLength, lengthAssumption, sizedParams, type PageRequest, type PagingMode } from './strategy.ts';

/** `skip_take`: rows are skipped from 0, or counted from 1 where `zero_based` is false, by the number of rows received so far. */
export const skipTake: PagingMode = ({ paging, pageSize, iteration }) => {
  const start = paging.zeroBased === false ? 1 : 0;
  const page = (skip: number): PageRequest => ({
    variables: new Map([
      ['skip_count', String(skip)],
      ...(pageSize === undefined ? [] : [['take_count', String(pageSize)] as const, ['page_size', String(pageSize)] as const]),
    ]),
    params: sizedParams(paging, pageSize),
  });
  return {
    assumed: [...(paging.zeroBased === undefined ? ['Rows are skipped from 0.'] : []), lengthAssumption(pageSize, iteration)],
    start() {
      let skip = start;
      return {
        first: page(skip),
        after(came) {
          skip += came.rows;
          return endByLength(came, pageSize) ?? page(skip);
        },
      };
    },
  };
};
