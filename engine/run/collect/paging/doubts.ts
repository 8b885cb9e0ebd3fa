import { envelopesOf } from '../envelopes.ts';
import { announcedTotal } from '../rows-of.ts';
import { signOfMore, totalBeside } from './more-rows.ts';
import type { Page, Pager, Strategy } from './strategy.ts';

/**
 * A strategy that pages as before, and tells `doubt` of an end that the answers themselves contradict: one names a further page, or announces
 * another total. The connector decides what is asked; but what is there and was not asked for must not count as read. A single object in place of a
 * list is the only page.
 */
export function withDoubts<Kind extends Strategy>(strategy: Kind, outputField: string | undefined, doubt: (flaw: string) => void): Kind {
  return { ...strategy, start: () => watched(strategy.start(), outputField, doubt) };
}

function watched(pager: Pager, outputField: string | undefined, doubt: (flaw: string) => void): Pager {
  let [received, pages] = [0, 0];
  return {
    first: pager.first,
    after(page) {
      received += page.rows;
      pages += 1;
      if (page.status === 202)
        doubt('The API has only taken the request on (status 202), so what it answered may not be all that there will be.');
      const next = page.form === 'object' ? 'single' : pager.after(page);
      if (typeof next !== 'string') return next;
      // An answer that is a row itself speaks of itself, not of a list.
      if (page.form === 'object' && outputField === undefined) return next;
      const envelopes = envelopesOf(page.body, outputField);
      const inBody = announcedTotal(page.body, page.rows, pages === 1);
      const inHeaders = inBody === undefined ? totalIn(page.headers) : undefined;
      const beside = inBody === undefined && inHeaders === undefined ? totalBeside(envelopes) : undefined;
      if (inHeaders !== undefined && inHeaders !== received)
        doubt(`The headers of the answer announce ${inHeaders} rows, and ${received} came.`);
      if (beside !== undefined && beside.rows > received)
        doubt(`The answer announces ${beside.rows} rows (${beside.place}), and ${received} came.`);
      // One that stands elsewhere may count something else, pages say: only where it is exactly what came is it sure to be that of the rows.
      const total = inBody ?? inHeaders ?? (beside?.rows === received ? received : undefined);
      if (total !== undefined && received >= total) return next;
      if (page.status === 206 && next === 'single')
        doubt('The API says that its answer is a part (status 206), and the rest was not asked for.');
      const sign = signOfMore(page, envelopes, pages, next === 'flag');
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
