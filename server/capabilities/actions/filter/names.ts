import { expressionsIn, sourcesOf } from '../../../../engine/model/filter/node-places.ts';
import { everyPart, type ColumnNode } from '../../../../engine/model/filter/tree.ts';
import { quoteName } from '../../../../engine/model/filter/words.ts';
import type { Edit, Name, Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';
import { isWord } from '../../filter/token-tests.ts';
import { between, touches, tryEdits, type Rewrite } from './trial.ts';

/** The table's name before a column's, written or left out; `as` before names that lack it. */
export function nameRewrites(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  return [...qualify(filter, caret), ...addAs(filter, caret)];
}

function qualify(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const columns = columnsIn(filter);
  const here = columns.find(({ span }) => touches(span, caret));
  if (!here) return [];
  const { meanings } = filter.bound;
  if (here.table) {
    const edits = [{ span: between(here.span.offset, here.column.span.offset), text: '' }];
    const after = tryEdits(filter, edits);
    const same = after && columnsIn({ ...filter, document: after.document }).find(({ span }) => span.offset === here.span.offset);
    const [was, is] = [meanings.get(here), same && after.meanings.get(same)];
    const isSame =
      was?.kind === 'column' && is?.kind === 'column' && is.table.alias === was.table.alias && is.column.name === was.column.name;
    return isSame ? [{ title: `Write ${here.column.text} without its table`, edits }] : [];
  }
  const meaning = meanings.get(here);
  if (meaning?.kind !== 'column') return [];
  const bare = columns.flatMap((node): readonly Edit[] => {
    const meant = node.table ? undefined : meanings.get(node);
    return meant?.kind === 'column'
      ? [{ span: between(node.span.offset, node.span.offset), text: `${quoteName(meant.table.alias)}.` }]
      : [];
  });
  const own = bare.filter(({ span }) => span.offset === here.span.offset);
  return [
    { title: `Write ${meaning.table.alias}.${meaning.column.name}`, edits: own },
    ...(bare.length > 1 ? [{ title: `Write the table before all ${bare.length} columns that lack it`, edits: bare }] : []),
  ];
}

function columnsIn({ document: { tree } }: Pick<OpenFilter, 'document'>): readonly ColumnNode[] {
  return (tree ? expressionsIn(tree) : []).flatMap((one) => [...everyPart(one)]).filter((node) => node.kind === 'column');
}

function addAs(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const { tree } = filter.document;
  const named: readonly (Name | undefined)[] = [
    ...(tree?.select?.items ?? []).map((item) => ('alias' in item ? item.alias : undefined)),
    ...sourcesOf(tree?.select).map(({ alias }) => alias),
  ];
  const { tokens } = filter.tokens;
  const bare = named.flatMap((name) => {
    const index = name ? tokens.findIndex(({ span }) => span.offset === name.span.offset) : -1;
    const before = tokens[index - 1];
    return name && before && !isWord(before, 'as') ? [name] : [];
  });
  const edit = ({ span }: Name): Edit => ({ span: between(span.offset, span.offset), text: 'as ' });
  const here = bare.find(({ span }) => touches(span, caret));
  if (!here) return [];
  return [
    { title: `Write as before ${here.text}`, edits: [edit(here)] },
    ...(bare.length > 1 ? [{ title: `Write as before all ${bare.length} names that lack it`, edits: bare.map(edit) }] : []),
  ];
}
