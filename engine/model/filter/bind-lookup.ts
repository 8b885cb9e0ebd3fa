import { columnOf, isKnown, unknownColumn } from './bind-column.ts';
import { bindExpression } from './bind-expression.ts';
import { type Binder, findTable, report, type Scope } from './binder.ts';
import type { BoundColumn, BoundLookup, BoundTable } from './bound.ts';
import type { LookupNode } from './tree.ts';
import { areAlike, type ValueType } from './types.ts';
import { sameName } from './words.ts';

/** Binds the lookups of a filter: the column whose values are looked up, and where. */
export function bindLookups(binder: Binder, scope: Scope, columns: readonly BoundColumn[]): readonly BoundLookup[] {
  const lookups: BoundLookup[] = [];
  const nodes = binder.document.tree?.lookups ?? [];
  for (const node of nodes) {
    if (nodes.find((one) => sameName(one.name.text, node.name.text)) !== node) {
      report(binder, 'duplicate-lookup', `There is already a lookup "${node.name.text}". Rename one of them.`, node.name.span);
    }
    const type = bindExpression(binder, node.column, { ...scope, outputs: columns, outputsFirst: true });
    const catalog = findTable(binder, node.target.system, node.target.table);
    if (!catalog) continue;
    const table: BoundTable = {
      system: catalog.system,
      table: catalog.table,
      alias: catalog.table,
      span: node.target.span,
      catalog,
      presence: 'always',
    };
    const column = columnOf(table, node.targetColumn.text);
    if (column) {
      lookups.push({ node, table, column });
      if (isKnown(table)) compareTypes(binder, node, type, column.type);
    } else unknownColumn(binder, table, node.targetColumn);
  }
  return lookups;
}

/** Values of other types are found nowhere, so that `exclude` keeps, and lets a mapping create, everybody who is there already. */
function compareTypes(binder: Binder, { include, targetColumn }: LookupNode, ours: ValueType, theirs: ValueType): void {
  if (areAlike(ours, theirs)) return;
  const wanted = theirs === 'list' ? '' : ` If it is meant, look up a column of the output that is cast(… as ${theirs}).`;
  report(
    binder,
    'unlike-types',
    `A ${ours} is looked up in a ${theirs}: they are hardly ever equal, so this ${include ? 'drops nearly every row' : 'keeps nearly every row'}.${wanted}`,
    targetColumn.span,
    { severity: 'warning' },
  );
}
