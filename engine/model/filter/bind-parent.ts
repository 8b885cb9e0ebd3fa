import type { Problem } from '../text/problem.ts';
import { bindWithin } from './bind.ts';
import type { FilterParameter } from './filter.ts';
import { extendParent } from './extend-parent.ts';
import { type Around, brokenFilter, findFilter } from './find-filter.ts';
import { leftBehind } from './left-behind.ts';
import { clashesWithParent } from './parameter-clash.ts';
import type { SelectNode } from './tree.ts';

/** What a filter is together with its parent; without one, itself. */
export interface Inherited {
  readonly select?: SelectNode;
  readonly parameters: readonly FilterParameter[];
  readonly problems: readonly Problem[];
  /** Puts problems of what came from the parent where it is named; hints about it are the parent's own matter. */
  place(problems: readonly Problem[]): readonly Problem[];
}

export function bindParent(around: Around, own: SelectNode | undefined): Inherited {
  const { document, catalog, library, within } = around;
  const name = document.tree?.parent;
  const alone = { ...(own && { select: own }), parameters: document.parameters };
  if (!name) return { ...alone, problems: [], place: (problems) => problems };
  const { document: parentDocument, problems } = findFilter(around, name, 'extends');
  // Nothing can be said of names that a parent may have given.
  if (!parentDocument) return { ...alone, problems, place: (found) => found.filter(({ code }) => !inheritable.has(code)) };
  const parent = bindWithin(parentDocument, catalog, library, within);
  const broken = brokenFilter(name, [...parentDocument.problems, ...parent.problems]);
  if (broken) return { ...alone, problems: [broken], place: (found) => found.filter(({ code }) => !inheritable.has(code)) };
  const place = (found: readonly Problem[]): readonly Problem[] =>
    found.flatMap((problem) => {
      const fromParent = problem.span.offset === name.span.offset && problem.span.length === 0;
      if (!fromParent) return [problem];
      const { code, message } = problem;
      return problem.severity === 'error'
        ? [{ code, severity: 'error', message: `In what "${name.text}" brings: ${message}`, span: name.span }]
        : [];
    });
  const clashes = clashesWithParent(around, { name, parameters: parent.parameters });
  if (!own) return { parameters: document.parameters, problems: clashes, place };
  const problemsHere = [...clashes, ...leftBehind(parent.select, own, name)];
  return { ...extendParent(document, own, parent, name), problems: problemsHere, place };
}

const inheritable: ReadonlySet<string> = new Set(['unknown-table', 'unknown-column', 'no-relation', 'parameter-undeclared']);
