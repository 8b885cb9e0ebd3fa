import type { NamedTemplate, Paging } from '../../../model/connector/connector.ts';
import type { PageEnd } from '../../records.ts';

/** What the next call needs to know about its page. */
export interface PageRequest {
  /** `page_number`, `skip_count` and their like. */
  readonly variables: ReadonlyMap<string, string>;
  readonly params: readonly NamedTemplate[];
  /** An address that the answer before gave, in place of the built one. */
  readonly url?: string;
}

/** A page that came. */
export interface Page {
  readonly rows: number;
  /** Whether a page shorter than asked ends the sequence: all rows announced are there, or nothing else can be told. */
  readonly shortEnds: boolean;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** One sequence of pages. */
export interface Pager {
  readonly first: PageRequest;
  /** The page after this one, or how the end is known. */
  after(page: Page): PageRequest | PageEnd;
}

/** A paging mode. */
export interface Strategy {
  start(): Pager;
  /** What is assumed where the format is silent. */
  readonly assumed: readonly string[];
}

/** Makes the strategy of a mode for one operation; no page size means none is known. */
export type PagingMode = (options: {
  readonly paging: Paging;
  readonly pageSize: number | undefined;
  /** One sequence for each row of a parent table: a call more for each of them would be too many. */
  readonly iteration: boolean;
}) => Strategy;

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

/** The assumption that goes with {@link endByLength}. */
export function lengthAssumption(pageSize: number | undefined, iteration: boolean): string {
  return pageSize === undefined
    ? 'No page size is known, so only an empty page is taken as the end.'
    : iteration
      ? `A page with fewer than ${pageSize} rows is taken as the last one of its parent.`
      : 'Where no total is announced, only an empty page is taken as the end.';
}
