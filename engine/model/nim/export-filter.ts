import { bindFilter } from '../filter/bind.ts';
import type { BoundFilter } from '../filter/bound.ts';
import { parseFilter } from '../filter/parse.ts';
import type { FilterDocument, FilterParameter } from '../filter/filter.ts';
import type { FilterLibrary } from '../filter/library.ts';
import type { Expression, FilterTree } from '../filter/tree.ts';
import { sameName } from '../filter/words.ts';
import type { Catalog } from '../system/catalog.ts';
import type { Problem, Span } from '../text/problem.ts';
import { exportColumns } from './export-columns.ts';
import { flatten, item, markInherited, oneChild, type ExportItem } from './export-item.ts';
import { exportItems, type Findings } from './export-joins.ts';
import type { JsonRecord } from './json-value.ts';
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
  };
  const bound = bindFilter(document, context.catalog, context.library);
  const broken = [...document.problems, ...bound.problems].filter(({ severity }) => severity === 'error');
  const { select, from } = bound;
  const { tree } = document;
  if (!tree || !select || !from || document.problems.length > 0) return { problems: broken };
  beyond(bound, tree, findings);
  const disabled = disabledConditions(tree, document.text, findings);
  const start = startOf(bound, disabled, context, findings);
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
      ...disabledAppends(tree).map((filter) => ({ filter_name: filter, enabled: false })),
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

function startOf(bound: BoundFilter, disabled: readonly Expression[], context: ExportContext, findings: Findings): ExportItem {
  const { from } = bound;
  const core = { system_name: from?.system ?? '', col_name: from?.table ?? '', colrefname: from?.alias ?? '' };
  return item('start', core, oneChild(exportItems(bound, disabled, context.catalog, findings)));
}

/** The items of another filter, whatever may be wrong with them. */
function startOfNamed(name: string, context: ExportContext): ExportItem | undefined {
  const found = context.library.find(name);
  if (!found?.document.tree) return undefined;
  const bound = bindFilter(found.document, context.catalog, context.library);
  const silent: Findings = { unsayable: () => undefined, unproven: () => undefined };
  const disabled = disabledConditions(found.document.tree, found.document.text, silent);
  const start = startOf(bound, disabled, context, silent);
  return start;
}

function leading(tree: FilterTree): FilterTree['comments'] {
  const starts = [tree.parameters[0], tree.parent, tree.select].flatMap((part) => (part ? [part.span.offset] : []));
  const first = Math.min(...starts, Number.MAX_SAFE_INTEGER);
  return tree.comments.filter(({ span }) => span.offset < first);
}

/** Conditions in comments, as importing writes them: NIM has them as disabled items. */
function disabledConditions(tree: FilterTree, text: string, findings: Findings): readonly Expression[] {
  const after = tree.select?.from?.span.offset ?? tree.select?.span.offset ?? 0;
  return tree.comments.flatMap(({ text: comment, span }) => {
    const written = span.offset > after ? /^--\s*(?:where|and)\s+(.+)$/.exec(comment)?.[1] : undefined;
    if (written !== undefined) {
      const { tree: read, problems } = parseFilter(`select 1 from a.b where ${written}`);
      const where = read?.select?.where;
      // Places in the comment are not those of the text.
      return where && problems.length === 0 ? [where] : [];
    }
    if (span.offset > after && /^--\s*(?:(?:left|anti|multiple|all)\s+)?join\s/.test(comment) && !text.startsWith('--', span.offset - 1))
      findings.unproven('a join in a comment, which is not exported,', span);
    return [];
  });
}

function disabledAppends(tree: FilterTree): readonly string[] {
  return tree.comments.flatMap(({ text }) => {
    const name = /^--\s*append\s+(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}\p{M}_]*))\s*$/u.exec(text);
    return name ? [name[1]?.replaceAll('""', '"') ?? name[2] ?? ''] : [];
  });
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
function behind(span: Span, { tree, text }: FilterDocument): string {
  const end = span.offset + span.length;
  const comment = tree?.comments.find((one) => one.span.offset >= end && !/[\r\n]/.test(text.slice(end, one.span.offset)));
  return comment?.text.replace(/^--\s?|^\/\*\s*|\s*\*\/$/g, '').trim() ?? '';
}
