import { childOf, elementsOf, propertiesOf, spanOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name, Severity, Span } from '../text/problem.ts';

/** A severity as settings give it; `off` silences. */
export type SetSeverity = Severity | 'off';

/** A finding that is right as it is, by an author's word. */
export interface Suppression {
  readonly code: Name;
  /** Path of the file it is found in, relative to the workspace; absent: every file. */
  readonly file?: string;
  /** JSON pointer of the property it stands at; absent: the whole file. */
  readonly at?: string;
  /** The whole entry. */
  readonly span: Span;
}

/** `problems` of `sollist.json`. */
export interface ProblemSettings {
  readonly severities: ReadonlyMap<string, SetSeverity>;
  readonly suppressed: readonly Suppression[];
}

const all: readonly string[] = ['error', 'warning', 'info', 'hint', 'off'] satisfies SetSeverity[];

export function isSetSeverity(value: unknown): value is SetSeverity {
  return typeof value === 'string' && all.includes(value);
}

/** Severities from a plain object, as an editor's settings hold them; what is none is passed over. */
export function severitiesOf(value: unknown): ProblemSettings {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return {
    severities: new Map(
      entries.flatMap(([code, severity]: [string, unknown]) => (isSetSeverity(severity) ? [[code, severity] as const] : [])),
    ),
    suppressed: [],
  };
}

/** Reads `problems`; an entry that is not finished suppresses nothing. */
export function readProblemSettings(node: JsonNode | undefined): ProblemSettings {
  return {
    severities: new Map(
      propertiesOf(childOf(node, 'severities')).flatMap(({ name, value }) => {
        const severity = stringOf(value)?.text;
        return isSetSeverity(severity) ? [[name.text, severity] as const] : [];
      }),
    ),
    suppressed: elementsOf(childOf(node, 'suppressed')).flatMap((entry): readonly Suppression[] => {
      const code = stringOf(childOf(entry, 'code'));
      const [file, at] = [childOf(entry, 'file'), childOf(entry, 'at')];
      // What is there but is no text could mean any place: better to show too much.
      if (!code || (file && file.type !== 'string') || (at && at.type !== 'string')) return [];
      return [{ code, ...(file && { file: String(file.value) }), ...(at && { at: String(at.value) }), span: spanOf(entry) }];
    }),
  };
}
