import { readFilter } from '../../../engine/model/filter/filter.ts';
import { openFilter, type OpenFilter } from './document.ts';
import { isSymbol } from './token-tests.ts';

/**
 * The filter as if its author had not typed the dots whose column is still missing: the word that begins the next line would be read as that
 * column, and the rest of the filter be lost. Every place stays the same.
 */
export function mended(filter: OpenFilter): OpenFilter {
  const { tokens } = filter.tokens;
  const dots = tokens.filter((token, index) => {
    const next = tokens[index + 1];
    const end = token.span.offset + 1;
    return isSymbol(token, '.') && next !== undefined && /[\r\n]/.test(filter.text.slice(end, next.span.offset));
  });
  if (dots.length === 0) return filter;
  const units = filter.text.split('');
  for (const { span } of dots) units[span.offset] = ' ';
  return openFilter(filter.uri, readFilter(units.join('')), filter.catalog, filter.filters, filter.library);
}
