import type { JsonDocument } from '../../text/json.ts';
import type { Fix, Name, Problem, RelatedPlace, Severity, Span } from '../../text/problem.ts';
import type { Connector } from '../connector.ts';
import type { ConnectorFacts } from '../facts.ts';
import type { ConnectorKnowledge } from '../knowledge.ts';

/** What a rule looks at. */
export interface RuleContext {
  readonly document: JsonDocument;
  readonly connector: Connector;
  /** What several rules ask of the connector, worked out once. */
  readonly facts: ConnectorFacts;
  /** The file's path for related places; empty where only one text is at hand. */
  readonly path: string;
  /** What is known from running it, where it was run. */
  readonly knowledge?: ConnectorKnowledge | undefined;
}

/** One thing that can be wrong with a connector. */
export interface Rule {
  /** Stable, kebab-case, never reused. */
  readonly code: string;
  readonly severity: Severity;
  check(context: RuleContext): readonly Problem[];
}

/** What one finding says beyond its rule. */
export interface Finding {
  readonly span: Span;
  readonly message: string;
  /** Where this place weighs less or more than the rule usually does. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
}

/** Makes a rule of a code, a severity and a function that lists its findings. */
export function defineRule(code: string, severity: Severity, find: (context: RuleContext) => readonly Finding[]): Rule {
  return { code, severity, check: (context) => find(context).map((finding) => ({ code, severity, ...finding })) };
}

/** The repair that writes `text` in place of a name, or none where nothing is near. */
export function renameFixes(name: Name, text: string | undefined): { readonly fixes?: readonly Fix[] } {
  return text === undefined ? {} : { fixes: [{ title: `Change to "${text}"`, span: name.span, text: JSON.stringify(text) }] };
}

/** ` Did you mean "x"?`, or nothing. */
export function suggestion(text: string | undefined): string {
  return text === undefined ? '' : ` Did you mean "${text}"?`;
}
