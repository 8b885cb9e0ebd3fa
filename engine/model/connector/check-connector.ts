import type { JsonDocument } from '../text/json.ts';
import { plain } from '../text/anchor.ts';
import type { Fix, Problem, Severity, Span } from '../text/problem.ts';
import { checkSchema } from './check-schema.ts';
import type { Connector } from './connector.ts';
import { factsOf } from './facts.ts';
import type { ConnectorKnowledge } from './knowledge.ts';
import { connectorRules } from './rules/all.ts';

/** What a check may be told. */
export interface CheckOptions {
  /** The file's path, for related places. */
  readonly path?: string;
  /** What is known from running it: some rules say nothing without. */
  readonly knowledge?: ConnectorKnowledge | undefined;
  /** Severities by code, in place of a rule's own; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/**
 * Everything that is wrong with a connector, in the order of the text: what is no JSON, what does not fit the schema, and what the rules
 * find. In a text that is no JSON only that is reported: a half-read tree would make wrong findings.
 */
export function checkConnector(document: JsonDocument, connector: Connector, options: CheckOptions = {}): readonly Problem[] {
  const context = { document, connector, facts: factsOf(connector), path: options.path ?? '', knowledge: options.knowledge };
  const found = [
    ...document.problems,
    ...(document.root && document.whole ? [...checkSchema(document.root), ...connectorRules.flatMap((rule) => rule.check(context))] : []),
  ];
  const told = new Set<string>();
  return found
    .filter(({ code, span, message }) => {
      // The parser meets one comma too many twice: as a missing name and as a missing value.
      const same = `${code} ${span.offset} ${span.length} ${message}`;
      return !told.has(same) && told.add(same);
    })
    .flatMap((problem): readonly Problem[] => {
      const severity = options.severities?.[problem.code];
      if (severity === 'off') return [];
      return [{ ...settled(problem, document.text.length), ...(severity !== undefined && { severity }) }];
    })
    .sort((a, b) => a.span.offset - b.span.offset || (a.code < b.code ? -1 : 1));
}

/** A problem whose places stay where they are, whatever becomes of the document. */
function settled(problem: Problem, end: number): Problem {
  const { span, related, fixes } = problem;
  return {
    ...problem,
    span: inside(span, end),
    ...(related && { related: related.map((one) => ({ ...one, span: plain(one.span) })) }),
    ...(fixes && { fixes: fixes.map(settledFix) }),
  };
}

function settledFix(fix: Fix): Fix {
  return { ...fix, span: plain(fix.span), ...(fix.more && { more: fix.more.map((edit) => ({ ...edit, span: plain(edit.span) })) }) };
}

/** What is missing at the very end is shown at the last character, since no place lies outside the text. */
function inside({ offset, length }: Span, end: number): Span {
  const start = Math.min(offset, Math.max(0, end - 1));
  return { offset: start, length: Math.min(length, end - start) };
}
