import { bindFilter } from '../filter/bind.ts';
import type { BoundFilter } from '../filter/bound.ts';
import type { FilterDocument, FilterParameter } from '../filter/filter.ts';
import type { FilterLibrary } from '../filter/library.ts';
import type { Expression, FilterTree, JoinNode } from '../filter/tree.ts';
import type { Comment } from '../filter/tokens.ts';
import { sameName } from '../filter/words.ts';
import type { Catalog } from '../system/catalog.ts';
import type { Problem, Span } from '../text/problem.ts';
import { exportColumns } from './export-columns.ts';
import { flatten, item, markInherited, oneChild, type ExportItem } from './export-item.ts';
import { exportItems, type Disabled, type Findings } from './export-joins.ts';
import type { JsonRecord } from './json-value.ts';
import { readNotes } from './remarks.ts';
import { switchedOff, type SwitchedOff } from './switched-off.ts';

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
  const findings: Findings = {
    unsayable(message, span) {
      if (!problems.some((one) => one.span.offset === span.offset && one.message === message))
        problems.push({ code: 'nim-cannot-say', severity: 'error', message, span });
      return undefined;
    },
    unproven(what, span) {
      const message = `No public export of NIM shows ${what.startsWith('the ') ? what : `"${what}"`}: check the filter after importing it there.`;
      problems.push({ code: 'nim-unproven', severity: 'warning', message, span });
    },
    assumed(message, span) {
      problems.push({ code: 'nim-relation-assumed', severity: 'warning', message, span });
    },
  };
  const bound = bindFilter(document, context.catalog, context.library);
  const broken = [...document.problems, ...bound.problems].filter(({ severity }) => severity === 'error');
  const { select, from } = bound;
  const { tree } = document;
  if (!tree || !select || !from || document.problems.length > 0) return { problems: broken };
  beyond(bound, tree, findings);
  const off = offOf(document, tree);
  tellWhatStays(off, problems);
  const whole = withJoins(document, bound, off, context, problems);
  const lost = ({ span }: Expression): void => {
    const message = 'NIM has no item for the condition in this comment: it is not exported.';
    problems.push({ code: 'nim-left-out', severity: 'warning', message, span });
  };
  const start = startOf(whole.bound, { conditions: off.conditions, joins: whole.joins, lost }, context, findings);
  const notes = readNotes(leading(tree).map(({ text }) => text));
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
  const silent: Findings = { unsayable: () => undefined, unproven: () => undefined, assumed: () => undefined };
  const off = offOf(found.document, found.document.tree);
  const whole = withJoins(found.document, bound, off, context, []);
  return startOf(whole.bound, { conditions: off.conditions, joins: whole.joins }, context, silent);
}

function leading(tree: FilterTree): FilterTree['comments'] {
  const starts = [tree.parameters[0], tree.parent, tree.select].flatMap((part) => (part ? [part.span.offset] : []));
  const first = Math.min(...starts, Number.MAX_SAFE_INTEGER);
  return tree.comments.filter(({ span }) => span.offset < first);
}

/** What is switched off in comments, and what of the comments stays here, told. */
function offOf(document: FilterDocument, tree: FilterTree): SwitchedOff {
  const notes = new Set([...leading(tree), ...tree.parameters.flatMap(({ span }) => remarkBehind(span, document) ?? [])]);
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
  context: ExportContext,
  problems: Problem[],
): { readonly bound: BoundFilter; readonly joins: ReadonlySet<JoinNode> } {
  let whole = bound;
  const joins: JoinNode[] = [];
  for (const join of off.joins) {
    const { tree } = document;
    if (!tree?.select) break;
    const select = { ...tree.select, joins: [...tree.select.joins, ...joins, join] };
    const tried = bindFilter({ ...document, tree: { ...tree, select } }, context.catalog, context.library);
    const why = wrongWith(tried, new Set([...joins, join]), bound, context);
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
function wrongWith(tried: BoundFilter, off: ReadonlySet<JoinNode>, bound: BoundFilter, context: ExportContext): string | undefined {
  const errors = ({ problems }: BoundFilter): readonly string[] =>
    problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
  const known = errors(bound);
  const unsayable: string[] = [];
  const probe = (one: BoundFilter, joins: ReadonlySet<JoinNode>): void => {
    exportItems(one, { conditions: [], joins }, context.catalog, {
      unsayable: (message) => unsayable.push(message),
      unproven: () => undefined,
      assumed: () => undefined,
    });
  };
  probe(bound, new Set());
  const before = unsayable.splice(0);
  probe(tried, off);
  return errors(tried).find((message) => !known.includes(message)) ?? unsayable.find((message) => !before.includes(message));
}

const dataTypes = { text: 'string', number: 'number', boolean: 'boolean', date: 'date', datetime: 'date-time' } as const;

function exportParameter(
  { name, type, default: value, session }: FilterParameter,
  document: FilterDocument,
  findings: Findings,
): JsonRecord {
  const node = document.tree?.parameters.find((one) => sameName(one.name.text, name.text));
  if (type !== 'text' && type !== 'number') findings.unproven(`a parameter of the type "${dataTypes[type]}"`, name.span);
  return {
    param_name: name.text,
    param_category: session === undefined ? 'input' : 'variable',
    data_type: dataTypes[type],
    default_value: value === undefined || value === null ? '' : String(value),
    description: node ? behind(node.span, document) : '',
    inherited: node === undefined,
    variable_name: session ?? '',
  };
}

/** The comment in the line of a parameter. */
function behind(span: Span, document: FilterDocument): string {
  return (
    remarkBehind(span, document)
      ?.text.replace(/^--\s?|^\/\*\s*|\s*\*\/$/g, '')
      .trim() ?? ''
  );
}

function remarkBehind(span: Span, { tree, text }: FilterDocument): Comment | undefined {
  const end = span.offset + span.length;
  return tree?.comments.find((one) => one.span.offset >= end && !/[\r\n]/.test(text.slice(end, one.span.offset)));
}
