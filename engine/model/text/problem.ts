/** How much a problem matters: what NIM refuses is an error, what misbehaves a warning, what is odd a hint. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A stretch of one file's text; offsets count UTF-16 units, as JavaScript strings and the language protocol do. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A name an author wrote, with the place where it stands. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** Another place that explains a problem, possibly in another file. */
export interface RelatedPlace {
  readonly path: string;
  readonly span: Span;
  readonly message: string;
}

/** One replacement in a text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A repair the editor may offer: replacing `span` by `text` makes the problem go away. */
export interface Fix extends Edit {
  readonly title: string;
  /** Replacements that belong to it, in the same file; none of them overlaps another. All or none are made. */
  readonly more?: readonly Edit[];
}

/** Something an author should know about one place of one file. */
export interface Problem {
  /** Stable, kebab-case, never reused: settings and documentation refer to it. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence or two: what is wrong, and what to do. */
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** A problem together with the file it is in; `path` is relative to the workspace, with forward slashes. */
export interface FileProblem extends Problem {
  readonly path: string;
}
