import { readRelations, type InterSystemRelation } from '../system/read-relations.ts';
import { parseJson } from '../text/json.ts';
import type { Exporting } from './exporting.ts';
import { textOf, type JsonRecord } from './json-value.ts';
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

function sameEnds(one: Ends, other: Ends): boolean {
  const said = (ends: Ends): string => JSON.stringify(ends.map((end) => JSON.stringify(end)).sort());
  return said(one) === said(other);
}
