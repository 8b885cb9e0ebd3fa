import { readRelations, type InterSystemRelation } from '../system/read-relations.ts';
import { parseJson } from '../text/json.ts';
import type { Exporting } from './exporting.ts';
import { recordsOf, textOf, type JsonRecord } from './json-value.ts';
import { withNimNames, type Renamed } from './renamed.ts';
import { category, type NimResource } from './resources.ts';

type End = readonly [system: string, table: string, column: string];
type Ends = readonly [End, End];

/** Whether a relation of NIM's is still in `relations.json`. */
export function isStillRelated(exporting: Exporting, { data }: NimResource): boolean {
  const ends = endsOf(data);
  return relations(exporting).some((one) => sameEnds(one, ends));
}

/** Relations that came into `relations.json` since. */
export function newRelations(exporting: Exporting): readonly NimResource[] {
  // What import took from the use of filters is in NIM already, though not in what came from there.
  const known = [
    ...exporting.originals.filter((one) => one.category === category.relation).map(({ data }) => endsOf(data)),
    ...before(exporting),
  ];
  return relations(exporting)
    .filter((one) => !known.some((other) => sameEnds(one, other)))
    .map(([a, b]) => ({
      name: `${a.join('.')}-${b.join('.')}`,
      category: category.relation,
      data: { system_a: a[0], col_a: a[1], field_a: a[2], system_b: b[0], col_b: b[1], field_b: b[2] },
      processValue: 0,
    }));
}

/** Notes relations of `relations.json` that a filter joins over and that what came from NIM does not have: alone, the filter does not bring them. */
export function noteNewRelations(exporting: Exporting, path: string, filter: JsonRecord): void {
  const items = recordsOf(filter, 'filter_items').filter((item) => textOf(item, 'system_name_link') === 'intersystem');
  for (const { data } of newRelations(exporting)) {
    const ends = endsOf(data);
    const isUsed = items.some((item) => {
      const far: End = [textOf(item, 'system_name_n'), textOf(item, 'col_name_n'), textOf(item, 'field_link_n')];
      return ends.some((end, i) => sameEnd(end, far) && ends[1 - i]?.[2] === textOf(item, 'field_link_m'));
    });
    if (!isUsed) continue;
    const message = `NIM must have the inter-system relation between ${ends.map((end) => end.join('.')).join(' and ')} for this filter: it came into relations.json since. Add it in NIM, or export the whole folder.`;
    exporting.note(path, 'warning', message);
  }
}

function relations({ workspace, before: { renamed } }: Exporting): readonly Ends[] {
  return inNim(workspace.relations?.model ?? [], renamed);
}

/** Those that import made, of relations and of what filters use. */
function before({ before: { files, renamed } }: Exporting): readonly Ends[] {
  return inNim(readRelations(parseJson(files.get('relations.json') ?? '{}', { strict: false }).root), renamed);
}

/** As NIM calls the systems and tables. */
function inNim(given: readonly InterSystemRelation[], renamed: Renamed): readonly Ends[] {
  return given.map(({ left, right }): Ends =>
    endsOf(
      withNimNames(
        {
          system_a: left.system.text,
          col_a: left.table.text,
          field_a: left.column.text,
          system_b: right.system.text,
          col_b: right.table.text,
          field_b: right.column.text,
        },
        renamed,
      ),
    ),
  );
}

function endsOf(data: JsonRecord): Ends {
  const end = (side: 'a' | 'b'): End => [textOf(data, `system_${side}`), textOf(data, `col_${side}`), textOf(data, `field_${side}`)];
  return [end('a'), end('b')];
}

function sameEnd(one: End, other: End): boolean {
  return one.every((part, i) => part === other[i]);
}

function sameEnds(one: Ends, other: Ends): boolean {
  const said = (ends: Ends): string => JSON.stringify(ends.map((end) => JSON.stringify(end)).sort());
  return said(one) === said(other);
}
