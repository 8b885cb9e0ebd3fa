import { endByLength, lengthAssumption, sizedParams, type PageRequest, type PagingMode } from './strategy.ts';

/** `generic`: pages are numbered from 1, or from 0 with `zero_based`. */
export const generic: PagingMode = ({ paging, pageSize, iteration }) => {
  const start = paging.zeroBased === true ? 0 : 1;
  const page = (number: number): PageRequest => ({
    variables: new Map([['page_number', String(number)], ...(pageSize === undefined ? [] : [['page_size', String(pageSize)] as const])]),
    params: sizedParams(paging, pageSize),
  });
  return {
    assumed: [...(paging.zeroBased === undefined ? ['Pages are counted from 1.'] : []), lengthAssumption(pageSize, iteration)],
    start() {
      let number = start;
      return { first: page(number), after: (came) => endByLength(came, pageSize) ?? page(++number) };
    },
  };
};
