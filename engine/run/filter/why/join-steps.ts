import { tablesOf, type BoundJoin, type BoundTable } from '../../../model/filter/bound.ts';
import { printJoin } from '../../../model/filter/print.ts';
import type { Expression } from '../../../model/filter/tree.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { columnsIn } from './expressions.ts';
import { because, headOf, nothingFound } from './join-nothing.ts';
import { unreached } from './join-unreached.ts';
import { columnShown, counted, nameOf, placeOf, refOf, said, sample, type Shown, type Walk } from './walk.ts';

/** What a join made of the combinations before it. */
export function joinStep(walk: Walk, index: number, before: number): WhyStep {
  const { joins } = walk.bound;
  const join = joins[index];
  if (!join) throw new Error('There is no such join.');
  const earlier = joins.slice(0, index);
  const where = conditionsAt(walk, index);
  const wanted = conditionsAt(walk, index + 1);
  // A row of the joined table itself is asked about, and nothing leads to it: the tables before it have not been narrowed.
  const first = index + 1 === walk.subject.from && !walk.subject.early;
  const after = walk.cutter.count({ joins: [...earlier, join], where: wanted });
  const head = headOf(join);
  const about = {
    kind: join.node.mode === 'anti' ? ('absence' as const) : ('join' as const),
    outcome: after > 0 ? ('passed' as const) : ('dropped' as const),
    before,
    after,
    table: refOf(head),
    ...placeOf(walk, join.node.span, () => printJoin(join.node)),
  };
  const [asked, found] = valuesOfJoin(walk, join);
  const loose = [...earlier, { ...join, node: { ...join.node, mode: 'any' as const } }];
  const together = [...asked, ...found];
  if (first && after === 0) return { ...about, ...unreached(walk, join, earlier, wanted) };
  if (first)
    return {
      ...about,
      rows: sample(walk, { joins: [...earlier, join], where: wanted }, together),
      sentence: `${nameOf(head)} is joined: ${counted(after, 'combination')}.`,
    };
  switch (join.node.mode) {
    case 'anti': {
      if (after > 0) {
        const rows = sample(walk, { joins: [...earlier, join], where: wanted }, asked);
        return { ...about, rows, sentence: `${nameOf(head)} has nothing for it${because(rows[0])}, as the anti join wants.` };
      }
      const rows = sample(walk, { joins: loose, where }, together);
      return { ...about, rows, sentence: `The anti join drops it: ${nameOf(head)} has a row for it, where ${said(rows[0])}.` };
    }
    case 'left': {
      const rows = sample(walk, { joins: loose, where: wanted }, together);
      if (rows.length > 0) return { ...about, rows, sentence: meets(head, rows, before, after) };
      const none = nothingFound(walk, join, earlier, where, asked);
      return { ...about, ...none, sentence: `${none.sentence} A left join keeps the row without it.` };
    }
    case 'any':
      return after > 0 ? matchedStep() : { ...about, ...nothingFound(walk, join, earlier, where, asked) };
    case 'multiple': {
      if (after > 0) return matchedStep();
      const rows = sample(walk, { joins: loose, where }, together);
      if (rows.length === 0) return { ...about, ...nothingFound(walk, join, earlier, where, asked) };
      return { ...about, rows, sentence: `Only one row of ${nameOf(head)} meets it, where ${said(rows[0])}; a multiple join wants two.` };
    }
    case 'all': {
      if (after > 0) return matchedStep();
      const on = join.on && {
        ...join,
        on: { kind: 'not' as const, operand: join.on, span: join.on.span },
        node: { ...join.node, mode: 'any' as const },
      };
      const rows = on ? sample(walk, { joins: [...earlier, on], where }, together) : [];
      if (rows.length === 0) {
        // Through a link table or along a tree, nothing shows the rows that are not met; those that are may be shown.
        const met = sample(walk, { joins: loose, where }, together);
        if (met.length === 0) return { ...about, ...nothingFound(walk, join, earlier, where, asked) };
        const sentence = `Not every row of ${nameOf(head)} meets it, as an all join wants; one that does is where ${said(met[0])}.`;
        return { ...about, rows: met, sentence };
      }
      return {
        ...about,
        rows,
        sentence: `Not every row of ${nameOf(head)} meets it, as an all join wants: not the one where ${said(rows[0])}.`,
      };
    }
  }
  function matchedStep(): WhyStep {
    const rows = sample(walk, { joins: loose, where: wanted }, together);
    return { ...about, rows, sentence: meets(head, rows, before, after) };
  }
}

/** What picks out the row once so many joins are done. */
function conditionsAt({ subject }: Walk, joins: number): readonly Expression[] {
  const early = subject.early ? [subject.early] : [];
  return joins >= subject.from ? [...early, subject.condition] : early;
}

function meets(head: BoundTable, rows: readonly (readonly WhyValue[])[], before: number, after: number): string {
  const found = (rows[0] ?? []).filter((value) => value.found === true);
  const more =
    after > before ? ` It goes on as ${counted(after, 'combination')}, where there ${before === 1 ? 'was 1' : `were ${before}`}.` : '';
  return `${nameOf(head)} has a row for it${found.length === 0 ? '' : `: ${said(found)}`}.${more}`;
}

/** What a join looks for, and what it finds it in. */
function valuesOfJoin(walk: Walk, join: BoundJoin): readonly [readonly Shown[], readonly Shown[]] {
  const own = new Set(tablesOf(join.source));
  const head = headOf(join);
  const named = columnsIn(walk.bound, join.on);
  const asked = named.filter(({ table }) => !own.has(table)).map(({ table, name }) => columnShown(walk, table, name));
  const found = named.filter(({ table }) => own.has(table)).map(({ table, name }) => columnShown(walk, table, name, true));
  const { via } = join;
  const key = head.catalog?.key;
  const more = [
    ...(via ? [columnShown(walk, head, via.farKey, true)] : []),
    ...(key === undefined ? [] : [columnShown(walk, head, key, true)]),
  ];
  return [unique([...asked, ...(via ? [columnShown(walk, via.of, via.nearKey)] : [])]), unique([...found, ...more])];
}

function unique(values: readonly Shown[]): readonly Shown[] {
  return [...new Map(values.map((value) => [value.text, value])).values()];
}
