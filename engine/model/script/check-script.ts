import { nearest } from '../text/nearest.ts';
import type { Edit, Fix, Problem, Span } from '../text/problem.ts';
import { analyseScript, type ScriptAnalysis, type ScriptRead } from './analyse-script.ts';
import type { Catalog } from '../system/catalog.ts';
import { builtInNames, vaultFunctions } from './known-names.ts';
import { checkVaultCalls } from './vault-names.ts';

/** What a script may name. */
export interface ScriptContext {
  readonly aliases: readonly ScriptTable[];
  /** Names of libraries and constants. */
  readonly globals: readonly string[];
  /** What scripts can ask the vault for; where absent, that is not looked at. */
  readonly catalog?: Catalog;
}

export interface ScriptTable {
  readonly alias: string;
  /** None where it is not known which there are. */
  readonly columns: readonly string[];
  /** Whether it has a row: `maybe` after a left join, `never` after an anti join. */
  readonly presence: 'always' | 'maybe' | 'never';
}

/** What is wrong with a script column, or will be with some row. Spans are within the code. Never throws. */
export function checkScript(code: string, context: ScriptContext): readonly Problem[] {
  const analysis = analyseScript(
    code,
    context.aliases.map(({ alias }) => alias),
  );
  if (analysis.problems.length > 0) return analysis.problems;
  const problems = [
    ...unknownNames(analysis, context),
    ...analysis.reads.flatMap((read) => unknownColumn(read, context)),
    ...unguarded(analysis, context),
    ...noReturn(analysis, code),
    ...(context.catalog ? checkVaultCalls(analysis.vaultCalls, context.catalog) : []),
  ];
  return problems.sort((a, b) => a.span.offset - b.span.offset);
}

function unknownNames({ free, imports }: ScriptAnalysis, { aliases, globals }: ScriptContext): readonly Problem[] {
  const tables = aliases.map(({ alias }) => alias);
  const known = new Set(['data', ...builtInNames, ...vaultFunctions, ...tables, ...globals]);
  // A name that is given a value somewhere is the script's own.
  for (const { name, use } of free) if (use === 'assigned') known.add(name);
  const names = free.filter(({ name, use }) => use === 'read' && !known.has(name));
  const own = [...tables, ...globals, ...vaultFunctions];
  return [
    ...names.map(({ name, span }) => {
      const meant = nearest(name, own) ?? nearest(name, builtInNames);
      const hint = meant === undefined ? (tables.length > 0 ? ` The tables here are ${list(tables)}.` : '') : ` Did you mean "${meant}"?`;
      const message = forbidden(name) ?? `"${name}" is not declared, so the script ends with an error where it is read.${hint}`;
      return problem('script-unknown-name', message, span, replaceBy(meant, span));
    }),
    ...imports.map((span) =>
      problem('script-unknown-name', 'A script column cannot import anything. What several scripts need stands in libraries/.', span),
    ),
  ];
}

function forbidden(name: string): string | undefined {
  if (name === 'eval') return 'A script column cannot run text as code: there is no "eval".';
  return ['require', 'process', 'fetch', 'XMLHttpRequest', 'setTimeout', 'window', 'document', 'module', 'exports'].includes(name)
    ? `There is no "${name}" in a script column: it sees the row and nothing else. What several scripts need stands in libraries/.`
    : undefined;
}

function unknownColumn(read: ScriptRead, { aliases, globals }: ScriptContext): readonly Problem[] {
  const table = aliases.find(({ alias }) => alias === read.alias);
  if (!table) {
    // A name of its own is reported as one.
    if (read.asName || globals.includes(read.alias)) return [];
    const tables = aliases.map(({ alias }) => alias);
    const meant = nearest(read.alias, tables);
    const hint = meant === undefined ? ` The tables here are ${list(tables)}.` : ` Did you mean "${meant}"?`;
    const message = `There is no table "${read.alias}" in data, so this is always undefined.${hint}`;
    return [problem('script-unknown-column', message, read.aliasSpan, replaceBy(meant, read.aliasSpan))];
  }
  if (table.presence === 'never')
    return [problem('script-unknown-column', `The rows here are those without "${read.alias}": it is always undefined.`, read.aliasSpan)];
  if (table.columns.length === 0 || table.columns.includes(read.column)) return [];
  const meant = nearest(read.column, table.columns);
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  const message = `"${read.alias}" has no column "${read.column}", so this is always undefined.${hint}`;
  return [problem('script-unknown-column', message, read.span, columnFix(read, meant))];
}

/** A column whose name is no plain word cannot stand behind a dot, nor one with a quote within quotes. */
function columnFix({ dotted, span }: ScriptRead, meant: string | undefined): readonly Fix[] {
  if (meant === undefined || /['"\\\n`]/.test(meant)) return [];
  if (!dotted || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(meant)) return replaceBy(meant, span);
  return [];
}

/** Once per table: the place that fails where a left join found no row. */
function unguarded({ reads }: ScriptAnalysis, { aliases }: ScriptContext): readonly Problem[] {
  const seen = new Set<string>();
  return reads.flatMap((read) => {
    const table = aliases.find(({ alias }) => alias === read.alias);
    if (table?.presence !== 'maybe' || !read.unguarded || seen.has(read.alias)) return [];
    seen.add(read.alias);
    const message =
      `"${read.alias}" is undefined where its left join found no row, and the script then ends with an error. ` +
      `Ask for it first (${read.alias} ? … : …), or read it with ?. in place of the dot or before the bracket.`;
    return [problem('script-unguarded', message, read.span, optionalFix(read), 'hint')];
  });
}

/** `Users.mail` → `Users?.mail`, `Users['mail']` → `Users?.['mail']`; the name is followed by the dot or the bracket. */
function optionalFix({ asName, aliasSpan, dotted }: ScriptRead): readonly Fix[] {
  if (!asName) return [];
  const at = { offset: aliasSpan.offset + aliasSpan.length, length: 0 };
  return [{ title: 'Read it with ?.', span: at, text: dotted ? '?' : '?.' }];
}

function noReturn({ returns, expressionAt }: ScriptAnalysis, code: string): readonly Problem[] {
  if (returns) return [];
  if (code.trim() === '')
    return [problem('script-no-return', 'The script is empty: the column has no values.', { offset: 0, length: code.length })];
  const start = expressionAt ?? code.length - code.trimStart().length;
  const end = code.trimEnd().length;
  const span = {
    offset: start,
    length: Math.max(1, (code.indexOf('\n', start) < 0 ? end : Math.min(end, code.indexOf('\n', start))) - start),
  };
  const message = 'The script never returns a value, so the column is empty. Write "return" before what it is to hold.';
  const fixes: readonly Fix[] =
    expressionAt === undefined ? [] : [{ title: 'Return it', span: { offset: expressionAt, length: 0 }, text: 'return ' }];
  return [problem('script-no-return', message, span, fixes)];
}

function problem(
  code: string,
  message: string,
  span: Span,
  fixes: readonly Fix[] = [],
  severity: Problem['severity'] = 'warning',
): Problem {
  return { code, severity, message, span, ...(fixes.length > 0 && { fixes }) };
}

function replaceBy(text: string | undefined, span: Span): readonly Fix[] {
  const edit: Edit | undefined = text === undefined ? undefined : { span, text };
  return edit ? [{ title: `Replace by "${edit.text}"`, ...edit }] : [];
}

function list(names: readonly string[]): string {
  return names.length > 0 ? names.map((name) => `"${name}"`).join(', ') : 'none';
}
