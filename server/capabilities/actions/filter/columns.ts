import { sourcesOf } from '../../../../engine/model/filter/node-places.ts';
import { quoteName, sameName } from '../../../../engine/model/filter/words.ts';
import type { Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';
import { between, endOf, touches, tryEdits, type Rewrite } from './trial.ts';

/** `*` as the columns it stands for; the columns of a table added to the output. */
export function columnRewrites(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  return [...expandStar(filter, caret), ...addColumns(filter, caret)];
}

function expandStar({ document, bound }: OpenFilter, caret: Span): readonly Rewrite[] {
  const star = document.tree?.select?.items.find((item) => item.kind === 'star-item' && touches(item.span, caret));
  if (!star) return [];
  const columns = bound.columns.flatMap(({ name, span, expression }) => {
    const meaning = span === star.span && expression?.kind === 'column' ? bound.meanings.get(expression) : undefined;
    if (meaning?.kind !== 'column') return [];
    const written = `${quoteName(meaning.table.alias)}.${quoteName(meaning.column.name)}`;
    return [name === meaning.column.name ? written : `${written} as ${quoteName(name)}`];
  });
  return columns.length === 0
    ? []
    : [{ title: `Write out the ${columns.length} columns`, edits: [{ span: star.span, text: columns.join(',\n       ') }] }];
}

function addColumns(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const { document, bound } = filter;
  const { select } = document.tree ?? {};
  const node = sourcesOf(select).find(({ span }) => touches(span, caret));
  const table = node && bound.tables.find(({ span }) => span === node.span);
  const last = select?.items.at(-1);
  if (!last || !table || table.presence === 'never') return [];
  const shown = bound.columns.flatMap(({ expression }) => {
    const meaning = expression?.kind === 'column' ? bound.meanings.get(expression) : undefined;
    return meaning?.kind === 'column' && meaning.table === table ? [meaning.column.name] : [];
  });
  const names = bound.columns.map(({ name }) => name);
  const missing = (table.catalog?.columns ?? []).filter(({ name }) => !shown.includes(name));
  if (missing.length === 0) return [];
  const items = missing.map(({ name }) => {
    const isTaken = names.some((one) => sameName(one, name));
    return `${quoteName(table.alias)}.${quoteName(name)}${isTaken ? ` as ${quoteName(`${table.alias}_${name}`)}` : ''}`;
  });
  const end = endOf(last.span);
  const edits = [{ span: between(end, end), text: items.map((item) => `,\n       ${item}`).join('') }];
  const title = `Add ${shown.length === 0 ? 'all' : 'the other'} ${missing.length} columns of ${table.alias} to the output`;
  return tryEdits(filter, edits) ? [{ title, edits }] : [];
}
