import { fieldOf } from '../rows-of.ts';
import { tokensOf } from './answer-tokens.ts';
import { endOfRows, endPlan, isMissing, markedEnd, markerAssumption } from './last-page.ts';
import { createNextAddresses } from './next-address.ts';
import { endByLength, lengthAssumption, sizedParams, sizeVariables, type PageRequest, type PagingMode } from './strategy.ts';

/**
 * `url`: the answer names the next page, by its whole address (`field`) or by values for query parameters (`query_params`); or the number of
 * the page stands in the path (`replace_in_url`, `url_part`). With nothing of all that, pages are counted.
 */
export const url: PagingMode = ({ paging, pageSize, iteration, fail }) => {
  const { field, answerParams, lastPage } = paging;
  const fields = answerParams.flatMap((parameter) => ('field' in parameter ? [parameter.field] : []));
  const start = paging.zeroBased === true ? 0 : 1;
  const named = field !== undefined || fields.length > 0;
  const page = (number: number, skip: number): PageRequest => ({
    variables: new Map([['page_number', number], ['skip_count', skip], ...sizeVariables(pageSize)]),
    params: sizedParams(paging, pageSize),
  });
  return {
    assumed: [
      ...(named || paging.zeroBased !== undefined ? [] : ['Pages are counted from 1.']),
      ...markerAssumption(paging),
      ...(field === undefined ? [] : [`"${field}" holds the whole address of the next page; an answer without it is the last page.`]),
      ...(fields.length === 0 || lastPage?.type === 'token' ? [] : [`An answer without ${quoted(fields)} is taken as the last page.`]),
      ...(named || lastPage ? [] : [lengthAssumption(pageSize, iteration)]),
    ],
    ...(pageSize !== undefined && !named && !lastPage && { pageSize }),
    plan: {
      mode: 'url',
      ...(pageSize !== undefined && { pageSize }),
      next:
        field !== undefined
          ? `the address in "${field}" of the answer`
          : fields.length > 0
            ? answerParams
                .map((each) => `${each.name.text} = ${'field' in each ? `"${each.field}" of the answer` : each.template.text}`)
                .join(', ')
            : `{page_number} grows by 1, from ${start}`,
      end: endPlan(paging, named ? 'an answer without that' : endOfRows(iteration)),
    },
    start() {
      const addresses = createNextAddresses({ fail });
      let number = start;
      let skip = 0;
      let before: string | undefined;
      return {
        first: page(number, skip),
        after(came) {
          const marked = markedEnd(paging, came.body);
          if (marked === 'flag' || marked === 'no-next') return marked;
          if (field !== undefined) {
            const next = fieldOf(came.body, field);
            if (isMissing(next)) return 'no-next';
            if (typeof next !== 'string')
              throw fail('page-next-invalid', `has no text in "${field}", where the address of the next page should be`);
            return addresses.follow(next, came.url);
          }
          const tokens = tokensOf(answerParams, came.body);
          if (fields.length > 0) {
            if (!tokens.found) return 'no-next';
            const now = JSON.stringify(tokens.variables);
            // A cursor at its end may stay where it is.
            if (now === before && came.rows === 0) return 'empty-page';
            before = now;
          } else if (marked === undefined) {
            const end = endByLength(came, pageSize);
            if (end) return end;
          }
          number += 1;
          skip += came.rows;
          const next = page(number, skip);
          return { variables: new Map([...next.variables, ...tokens.variables]), params: [...next.params, ...tokens.params] };
        },
      };
    },
  };
};

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' and ');
}
