import { bindFilter } from '../filter/bind.ts';
import type { BoundFilter } from '../filter/bound.ts';
import type { FilterDocument } from '../filter/filter.ts';
import type { FilterLibrary } from '../filter/library.ts';
import type { Expression, FilterTree, JoinNode } from '../filter/tree.ts';
import type { Catalog } from '../system/catalog.ts';
import type { Problem } from '../text/problem.ts';
import { exportItems } from './export-joins.ts';
import { silent } from './findings.ts';
import { leadingComments, remarkBehind } from './note-comments.ts';
import { switchedOff, type SwitchedOff } from './switched-off.ts';

interface World {
  readonly catalog: Catalog;
  readonly library: FilterLibrary;
}

/** What comments switch off, as NIM has it: conditions and filters beside the filter, joins within it. */
export interface WithSwitchedOff {
  /** The filter with the joins in it that are switched off. */
  readonly bound: BoundFilter;
  readonly joins: ReadonlySet<JoinNode>;
  readonly conditions: readonly Expression[];
  /** Filters. */
  readonly appends: readonly string[];
}

/** Reads what the comments of a filter switch off; `problems` is told what of them NIM has no place for. */
export function withSwitchedOff(
  document: FilterDocument,
  tree: FilterTree,
  bound: BoundFilter,
  world: World,
  problems: Problem[],
): WithSwitchedOff {
  const off = offOf(document, tree);
  tellWhatStays(off, problems);
  return { ...withJoins(document, bound, off, world, problems), conditions: off.conditions, appends: off.appends };
}

/** What is switched off in comments, and what of the comments stays here, told. */
function offOf(document: FilterDocument, tree: FilterTree): SwitchedOff {
  const notes = new Set([...leadingComments(tree), ...tree.parameters.flatMap(({ span }) => remarkBehind(span, document) ?? [])]);
  return switchedOff(tree, (comment) => notes.has(comment));
}

function tellWhatStays({ alternatives, words }: SwitchedOff, problems: Problem[]): void {
  for (const { span } of alternatives) {
    const message = 'NIM keeps no place in an "or" for what is switched off by a comment: it is not exported.';
    problems.push({ code: 'nim-left-out', severity: 'warning', message, span });
  }
  const [first] = words;
  if (!first) return;
  const message = `NIM keeps notes at the top of a filter only: ${words.length === 1 ? 'this comment is' : `${words.length} comments from here on are`} not exported.`;
  problems.push({ code: 'nim-left-out', severity: 'info', message, span: first.span });
}

/** The filter with the joins in it that are switched off; those that cannot be told apart from words, or go nowhere, stay here and are told. */
function withJoins(
  document: FilterDocument,
  bound: BoundFilter,
  off: SwitchedOff,
  world: World,
  problems: Problem[],
): Pick<WithSwitchedOff, 'bound' | 'joins'> {
  let whole = bound;
  const joins: JoinNode[] = [];
  for (const join of off.joins) {
    const { tree } = document;
    if (!tree?.select) break;
    const select = { ...tree.select, joins: [...tree.select.joins, ...joins, join] };
    const tried = bindFilter({ ...document, tree: { ...tree, select } }, world.catalog, world.library);
    const why = wrongWith(tried, new Set([...joins, join]), bound, world);
    if (why === undefined) {
      joins.push(join);
      whole = tried;
    } else
      problems.push({
        code: 'nim-left-out',
        severity: 'warning',
        message: `This join is not exported as one that is switched off: ${why}`,
        span: join.span,
      });
  }
  return { bound: whole, joins: new Set(joins) };
}

/** The first thing that binding or exporting says of joins that are switched off. */
function wrongWith(tried: BoundFilter, off: ReadonlySet<JoinNode>, bound: BoundFilter, { catalog }: World): string | undefined {
  const errors = ({ problems }: BoundFilter): readonly string[] =>
    problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
  const known = errors(bound);
  const unsayable: string[] = [];
  const probe = (one: BoundFilter, joins: ReadonlySet<JoinNode>): void => {
    exportItems(one, { conditions: [], joins }, catalog, { ...silent, unsayable: (message) => unsayable.push(message) });
  };
  probe(bound, new Set());
  const before = unsayable.splice(0);
  probe(tried, off);
  return errors(tried).find((message) => !known.includes(message)) ?? unsayable.find((message) => !before.includes(message));
}
