import { isObject } from '../answer.ts';
import { announcedTotal } from '../rows-of.ts';
import { nextLink } from './link-header.ts';
import type { Page, Pager, Strategy } from './strategy.ts';

/** Properties that name the next page, whatever the connector makes of them. */
const nextNames = ['@odata.nextLink', 'odata.nextLink', 'nextPageToken'];

/** Properties that are true where there is another page; without case and underscores. */
const moreNames: ReadonlySet<string> = new Set(['hasmore', 'hasnext', 'hasnextpage', 'hasmorepages', 'istruncated']);

/**
 * A strategy that pages as before, and tells `doubt` of an end that the answers themselves contradict: one names a further page, or their
 * headers announce another total. The connector decides what is asked; but what is there and was not asked for must not count as read.
 */
export function withDoubts<Kind extends Strategy>(strategy: Kind, doubt: (flaw: string) => void): Kind {
  return { ...strategy, start: () => watched(strategy.start(), doubt) };
}

function watched(pager: Pager, doubt: (flaw: string) => void): Pager {
  let received = 0;
  return {
    first: pager.first,
    after(page) {
      received += page.rows;
      const next = pager.after(page);
      if (typeof next !== 'string') return next;
      const inBody = announcedTotal(page.body, page.rows);
      const inHeaders = inBody === undefined ? totalIn(page.headers) : undefined;
      if (inHeaders !== undefined && inHeaders !== received)
        doubt(`The headers of the answer announce ${inHeaders} rows, and ${received} came.`);
      const total = inBody ?? inHeaders;
      const sign = total !== undefined && received >= total ? undefined : signOfMore(page);
      if (sign !== undefined)
        doubt(
          `The last answer says that there is a further page (${sign}), which was not asked for. Does the connector page as the API does?`,
        );
      return next;
    },
  };
}

/** `X-Total-Count` and `X-Total` as many APIs send them; `Content-Range` of a unit that is not bytes (RFC 9110, 14.4). */
function totalIn(headers: Page['headers']): number | undefined {
  const text =
    headers['x-total-count'] ??
    headers['x-total'] ??
    /^\s*(?!bytes\b)[\w-]+\s+[^/]*\/\s*(\d+)\s*$/i.exec(headers['content-range'] ?? '')?.[1];
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

function signOfMore({ body, headers }: Page): string | undefined {
  if (nextLink(headers['link']) !== undefined) return 'Link with rel="next"';
  if (!isObject(body)) return undefined;
  const next = nextNames.find((name) => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    return typeof value === 'string' && value.trim() !== '';
  });
  return (
    next ??
    flagIn(body) ??
    Object.values(body)
      .map((inner) => (isObject(inner) ? flagIn(inner) : undefined))
      .find((name) => name !== undefined)
  );
}

function flagIn(value: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(value).find((name) => value[name] === true && moreNames.has(name.toLowerCase().replaceAll('_', '')));
}
