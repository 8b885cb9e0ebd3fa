import type { NamedTemplate, Paging } from '../../../model/connector/connector.ts';
import type { SollistError } from '../../error.ts';
import type { PageEnd } from '../../records.ts';
import type { VariableValue } from '../variables.ts';

/** What the next call needs to know about its page. */
export interface PageRequest {
  /** `page_number`, `skip_count` and their like; numbers, so that a body sends them as such. */
  readonly variables: ReadonlyMap<string, VariableValue>;
  readonly params: readonly NamedTemplate[];
  /** An address that the answer before gave, in place of the built one. Absolute. */
  readonly url?: string;
}

/** A page that came. */
export interface Page {
  readonly rows: number;
  /** Whether a page shorter than asked ends the sequence: all rows announced are there, or nothing else can be told. */
  readonly shortEnds: boolean;
  /** `object`: one row without a list around it. */
  readonly form?: 'list' | 'object' | 'nothing';
  readonly status?: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** The address that was asked. */
  readonly url: string;
}

/** One sequence of pages. */
export interface Pager {
  readonly first: PageRequest;
  /** The page after this one, or how the end is known. Throws `page-repeated` and `page-next-invalid`. */
  after(page: Page): PageRequest | PageEnd;
}

/** How pages follow one another, in words and parameters, for a plan. */
export interface PagingPlan {
  /** `none`, or the mode as the connector has it, or the call handling that stands for one. */
  readonly mode: string;
  readonly pageSize?: number;
  /** Where the next page comes from. */
  readonly next: string;
  /** How the end is known. */
  readonly end: string;
}

/** A paging mode, made for one operation. */
export interface Strategy {
  start(): Pager;
  /** What is assumed where the format is silent. */
  readonly assumed: readonly string[];
  readonly plan: PagingPlan;
  /** Rows of a full page, where the end of the pages can show in a shorter one; not where answers name the next page. */
  readonly pageSize?: number;
  /** No page size is sent on purpose (`maxPageCount` −1): an API that has no pages sends all rows each time. */
  readonly asksForAll?: boolean;
  /** A page behind the first may lack its list: the answer itself says whether there is another page. */
  readonly listMayBeMissing?: boolean;
}

/** What a mode makes a strategy of; no page size means none is known. */
export interface PagingOptions {
  readonly paging: Paging;
  readonly pageSize: number | undefined;
  /** One sequence for each row of a parent table: a call more for each of them would be too many. */
  readonly iteration: boolean;
  /** The error for an answer that makes going on impossible; `what` follows the operation's name. */
  readonly fail: (code: 'page-repeated' | 'page-next-invalid', what: string) => SollistError;
}

/** Makes the strategy of a mode for one operation. */
export type PagingMode = (options: PagingOptions) => Strategy;

/**
 * How the end is known where pages have no marker: a page that is empty; one that is shorter than the page size only where that ends the
 * sequence, since a server may cut its pages shorter than asked.
 */
export function endByLength({ rows, shortEnds }: Page, pageSize: number | undefined): PageEnd | undefined {
  if (rows === 0) return 'empty-page';
  return shortEnds && pageSize !== undefined && rows < pageSize ? 'short-page' : undefined;
}

/** The parameters of a page; one about a size that nobody knows is not sent. */
export function sizedParams(paging: Paging, pageSize: number | undefined): readonly NamedTemplate[] {
  return pageSize === undefined ? paging.params.filter(({ template }) => !/\{(take_count|page_size)\b/.test(template.text)) : paging.params;
}

/** The variables about the size of a page. */
export function sizeVariables(pageSize: number | undefined): readonly (readonly [string, number])[] {
  return pageSize === undefined
    ? []
    : [
        ['take_count', pageSize],
        ['page_size', pageSize],
      ];
}

/** The assumption that goes with {@link endByLength}. */
export function lengthAssumption(pageSize: number | undefined, iteration: boolean): string {
  return pageSize === undefined
    ? 'No page size is known, so only an empty page is taken as the end.'
    : iteration
      ? `A page with fewer than ${pageSize} rows is taken as the last one of its parent.`
      : 'Where no total is announced, only an empty page is taken as the end.';
}
