import { didYouMean, nearest } from '../text/nearest.ts';
import type { Name, Problem } from '../text/problem.ts';
import { type Binder, replaceBy } from './binder.ts';
import type { FilterDocument } from './filter.ts';

/** Where one filter is named by another. */
export type Around = Pick<Binder, 'document' | 'catalog' | 'library' | 'within'>;

/** The filter of that name, if it may stand there, and what is wrong otherwise; `verb`: `extends` or `appends`. */
export function findFilter(
  { library, within }: Around,
  name: Name,
  verb: string,
): { readonly document?: FilterDocument; readonly problems: readonly Problem[] } {
  if (name.text === '') return { problems: [] };
  const error = (code: string, message: string, fixes: Problem['fixes'] = []): { readonly problems: readonly Problem[] } => ({
    problems: [{ code, severity: 'error', message, span: name.span, ...(fixes.length > 0 && { fixes }) }],
  });
  const found = library.find(name.text);
  if (!found) {
    const { names } = library;
    const near = nearest(name.text, names);
    return error('unknown-filter', `There is no filter "${name.text}".${didYouMean(name.text, names)}`, replaceBy(near, name.span));
  }
  if (within.includes(found.document))
    return error('filter-cycle', `"${found.name}" ${verb} this filter in turn, or is itself: that would never end. Name another one.`);
  if (within.length > 20) return error('filter-cycle', 'More than 20 filters rest on each other here. Name another one.');
  return { document: found.document, problems: [] };
}

/** What to say of a named filter that has errors itself; a circle shows nowhere else to those within it. */
export function brokenFilter(name: Name, problems: readonly Problem[]): Problem | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return undefined;
  const circle = errors.some(({ code }) => code === 'filter-cycle');
  const message = circle
    ? `"${name.text}" is in a circle of filters, or leads to one: that would never end. Take out one of its "extends" or "append".`
    : `The filter "${name.text}" has errors. Mend it first.`;
  return { code: circle ? 'filter-cycle' : 'filter-broken', severity: 'error', message, span: name.span };
}
