import { bindFilter } from '../filter/bind.ts';
import type { BoundFilter } from '../filter/bound.ts';
import type { FilterDocument } from '../filter/filter.ts';
import type { FilterLibrary } from '../filter/library.ts';
import type { Expression, FilterTree } from '../filter/tree.ts';
import type { Catalog } from '../system/catalog.ts';
import type { Problem, Span } from '../text/problem.ts';
import { exportColumns } from './export-columns.ts';
import { flatten, item, markInherited, oneChild, type ExportItem } from './export-item.ts';
import { exportItems, type Disabled } from './export-joins.ts';
import { exportParameter } from './export-parameter.ts';
import { withSwitchedOff } from './export-switched-off.ts';
import { findingsInto, silent, type Findings } from './findings.ts';
import type { JsonRecord } from './json-value.ts';
import { leadingComments } from './note-comments.ts';
import { readNotes } from './remarks.ts';

export interface ExportContext {
  readonly catalog: Catalog;
  readonly library: FilterLibrary;
  /** Milliseconds since 1970, for the filter's own note of when it was made. */
  readonly created: number;
}

export interface ExportedFilter {
  /** Absent where the filter says what NIM cannot. */
  readonly data?: JsonRecord;
  /** What NIM cannot say (errors), and what no public export proves it can (warnings); places are in the filter's text. */
  readonly problems: readonly Problem[];
}

/** Makes NIM's JSON of a filter. Never throws. */
export function exportFilter(name: string, document: FilterDocument, context: ExportContext): ExportedFilter {
  const problems: Problem[] = [];
  const findings = findingsInto(problems);
  const bound = bindFilter(document, context.catalog, context.library);
  const broken = [...document.problems, ...bound.problems].filter(({ severity }) => severity === 'error');
  const { select, from } = bound;
  const { tree } = document;
  if (!tree || !select || !from || document.problems.length > 0) return { problems: broken };
  beyond(bound, tree, findings);
  const off = withSwitchedOff(document, tree, bound, context, problems);
  const lost = ({ span }: Expression): void => {
    const message = 'NIM has no item for the condition in this comment: it is not exported.';
    problems.push({ code: 'nim-left-out', severity: 'warning', message, span });
  };
  const start = startOf(off.bound, { ...off, lost }, context, findings);
  const notes = readNotes(leadingComments(tree).map(({ text }) => text));
  const parent = tree.parent?.text ?? notes.parent;
  const above = parent === undefined ? undefined : startOfNamed(parent, context);
  if (above) markInherited(start, above);
  const columns = exportColumns(bound, findings);
  const group = select.distinctOn ? columns.nameOf(select.distinctOn, 'keeps one row for each value of') : '';
  const exclude = select.excludeWhen ? excludedBy(select.excludeWhen) : '';
  const sort = select.orderBy.map(({ expression, descending }) => ({
    name: columns.nameOf(expression, 'sorts by'),
    ascending: !descending,
  }));
  const lookups = bound.lookups.map(({ node, table, column }) => ({
    lookupName: node.name.text,
    filterColumnName: columns.nameOf(node.column, 'looks up'),
    systemName: table.system,
    colName: table.table,
    fieldName: column.name,
    includeVsExclude: node.include,
  }));
  const data = {
    filter_name: name,
    filter_name_parent: (parent === undefined ? '' : (context.library.find(parent)?.name ?? parent)).toLowerCase(),
    filter_items: flatten(start, name),
    filter_columns: columns.list(),
    sort_columns: sort,
    group: { enabled: group !== '', count: 1, field: group },
    params: bound.parameters.map((parameter) => exportParameter(parameter, document, findings)),
    appends: [
      ...tree.appends.map((one) => ({ filter_name: context.library.find(one.text)?.name ?? one.text, enabled: true })),
      ...off.appends.map((filter) => ({ filter_name: filter, enabled: false })),
    ],
    exclude: { enabled: exclude !== '', field_name: exclude, exclude_after_oas: false },
    lookups,
    meta_config: {
      created_date_time: context.created,
      created_by_id: -1,
      modified_date_time: 0,
      modified_by_id: -1,
      notes: notes.notes,
      tags: notes.tags,
    },
  };
  const wrong = problems.some(({ severity }) => severity === 'error');
  return { ...(!wrong && { data }), problems: [...broken, ...problems] };

  function excludedBy(condition: Expression): string {
    const script = columns.scriptNamed(condition);
    if (script !== undefined) return script;
    findings.unsayable(
      'NIM leaves out rows where one script column is true. Let a script say it: exclude when <script column>.',
      condition.span,
    );
    return '';
  }
}

/** Clauses that NIM has nothing for. */
function beyond(bound: BoundFilter, tree: FilterTree, findings: Findings): void {
  const { select } = bound;
  if (!select) return;
  const at = (part: { readonly span: Span } | undefined): Span => part?.span ?? tree.span;
  if (select.distinct && !select.distinctOn)
    findings.unsayable('NIM has no "distinct" over whole rows. Write distinct on (column).', {
      offset: tree.select?.span.offset ?? 0,
      length: 'select'.length,
    });
  const [group] = select.groupBy;
  if (group || bound.aggregated)
    findings.unsayable(
      'No public export of NIM shows how it groups rows and counts over them, so "group by" cannot be exported.',
      at(group),
    );
  if (select.having) findings.unsayable('NIM has no "having".', at(select.having));
  if (select.limit) findings.unsayable('NIM has no "limit".', at(select.limit));
}

function startOf(bound: BoundFilter, disabled: Disabled, context: ExportContext, findings: Findings): ExportItem {
  const { from } = bound;
  const core = { system_name: from?.system ?? '', col_name: from?.table ?? '', colrefname: from?.alias ?? '' };
  return item('start', core, oneChild(exportItems(bound, disabled, context.catalog, findings)));
}

/** The items of another filter, whatever may be wrong with them. */
function startOfNamed(name: string, context: ExportContext): ExportItem | undefined {
  const found = context.library.find(name);
  if (!found?.document.tree) return undefined;
  const bound = bindFilter(found.document, context.catalog, context.library);
  const off = withSwitchedOff(found.document, found.document.tree, bound, context, []);
  return startOf(off.bound, off, context, silent);
}
