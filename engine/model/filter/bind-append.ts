import { bindWithin } from './bind.ts';
import { type Binder, findNamed, report } from './binder.ts';
import type { BoundAppend, BoundColumn } from './bound.ts';
import { resolveAppended } from './compile-parameters.ts';
import { brokenFilter, findFilter } from './find-filter.ts';
import { clashesWithAppended } from './parameter-clash.ts';
import { sameName } from './words.ts';

/** Binds the filters whose rows are added, and says where their columns do not line up with the output. */
export function bindAppends(binder: Binder, columns: readonly BoundColumn[]): readonly BoundAppend[] {
  const { tree } = binder.document;
  return (tree?.appends ?? []).flatMap((node): readonly BoundAppend[] => {
    const { document, problems } = findFilter(binder, node, 'appends');
    binder.problems.push(...problems);
    if (!document) return [];
    const bound = bindWithin(document, binder.catalog, binder.library, binder.within);
    const broken = brokenFilter(node, [...document.problems, ...bound.problems]);
    if (broken) {
      binder.problems.push(broken);
      return [];
    }
    for (const name of resolveAppended(bound.parameters, binder.parameters).missing)
      report(
        binder,
        'parameter-missing',
        `"${node.text}" needs the parameter "${name}". Declare it here with the same name, or give it a default there.`,
        node.span,
      );
    binder.problems.push(...clashesWithAppended(binder, binder.parameters, { name: node, parameters: bound.parameters }));
    for (const { name } of bound.parameters) binder.used.add(name.text.toLowerCase());
    reportUneven(binder, node, columns, bound.columns);
    return [{ node, bound }];
  });
}

/** Columns meet by their names; what one side lacks is null, or left out. */
function reportUneven(binder: Binder, node: BoundAppend['node'], own: readonly BoundColumn[], added: readonly BoundColumn[]): void {
  const missing = own.filter(({ name }) => !added.some((one) => sameName(one.name, name))).map(({ name }) => `"${name}"`);
  const extra = added.filter(({ name }) => !findNamed(own, name, (one) => one.name)).map(({ name }) => `"${name}"`);
  if (missing.length > 0)
    report(
      binder,
      'append-columns',
      `"${node.text}" has no ${list(missing)}: null in its rows.${extra.length > 0 ? ` It has ${list(extra)}, which is left out.` : ''} Columns meet by their names.`,
      node.span,
      { severity: 'warning' },
    );
  else if (extra.length > 0)
    report(binder, 'append-columns', `${list(extra)} of "${node.text}" is left out: there is no such column here.`, node.span, {
      severity: 'info',
    });
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
