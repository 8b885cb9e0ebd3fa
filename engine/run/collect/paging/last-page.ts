import type { Paging } from '../../../model/connector/connector.ts';
import type { PageEnd } from '../../records.ts';
import { fieldOf } from '../rows-of.ts';

/** What the marker of `last_page` says about an answer: an end, `more`, or nothing, where there is no marker or the answer lacks it. */
export function markedEnd({ lastPage }: Paging, body: unknown): PageEnd | 'more' | undefined {
  if (!lastPage) return undefined;
  const value = fieldOf(body, lastPage.path);
  if (lastPage.type === 'token') return isMissing(value) ? 'no-next' : 'more';
  if (value !== false && isMissing(value)) return undefined;
  return value === true || value === 1 || (typeof value === 'string' && /^(?:true|1)$/i.test(value.trim())) ? 'flag' : 'more';
}

/** A link or token that is not there, null or empty; `false` stands for "none" in some APIs. */
export function isMissing(value: unknown): value is undefined | null | '' | false {
  return value === undefined || value === null || value === false || (typeof value === 'string' && value.trim() === '');
}

/** What is assumed of the marker. */
export function markerAssumption({ lastPage }: Paging): readonly string[] {
  if (!lastPage) return [];
  return lastPage.type === 'token'
    ? [`An answer without "${lastPage.path}" is taken as the last page.`]
    : [`"${lastPage.path}": true ends the pages; an answer without it does not, but an empty page does.`];
}

/** How the end is known by the marker, for a plan; `otherwise` where there is none. */
export function endPlan({ lastPage }: Paging, otherwise: string): string {
  if (!lastPage) return otherwise;
  return lastPage.type === 'token' ? `"${lastPage.path}" of the answer is missing or empty` : `"${lastPage.path}" of the answer is true`;
}

/** How the end is known by the rows, for a plan; in an iteration nobody asks for one page more of each parent. */
export function endOfRows(iteration: boolean): string {
  return `a page without rows, or shorter than the page size${iteration ? '' : ' where all rows announced are there'}`;
}
