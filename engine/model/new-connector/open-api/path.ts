/** One step of a path: a literal, or one whole parameter. */
export type Segment = { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'parameter'; readonly name: string };

/** A path of the document in steps. */
export interface ApiPath {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** The path with every parameter as `{}`: what tells whether two paths are one. */
  readonly pattern: string;
  /** The last step, where it is a literal. */
  readonly last: string | undefined;
  /** It ends with a slash, which some servers insist on. */
  readonly slash: boolean;
  /** The path without its last step. */
  readonly parent: ApiPath;
}

/** Reads a path. Steps that mix text and parameters stay literals with braces in them; `hasMixed` tells. */
export function pathOf(text: string): ApiPath {
  const [bare = ''] = text.split(/[?#]/);
  return pathFrom(
    bare
      .split('/')
      .filter((step) => step !== '')
      .map(segmentOf),
    bare.length > 1 && bare.endsWith('/'),
  );
}

function segmentOf(step: string): Segment {
  const name = /^\{([^{}]*)\}$/.exec(step)?.[1];
  return name === undefined ? { kind: 'literal', text: step } : { kind: 'parameter', name };
}

function pathFrom(segments: readonly Segment[], slash: boolean): ApiPath {
  const last = segments.at(-1);
  return {
    text: `/${segments.map((segment) => (segment.kind === 'literal' ? segment.text : `{${segment.name}}`)).join('/')}`,
    segments,
    pattern: patternOf(segments),
    last: last?.kind === 'literal' ? last.text : undefined,
    slash,
    get parent() {
      return pathFrom(segments.slice(0, -1), slash);
    },
  };
}

/** The pattern of the first steps of a path. */
export function patternOf(segments: readonly Segment[]): string {
  return segments.map((segment) => `/${segment.kind === 'literal' ? segment.text : '{}'}`).join('');
}

/** Whether a step mixes text and parameters, such as `{id}.json`: such a path cannot be filled in. */
export function hasMixed({ segments }: ApiPath): boolean {
  return segments.some((segment) => segment.kind === 'literal' && /[{}]/.test(segment.text));
}

/** The path with each parameter replaced by what `fill` gives, e.g. `{iterator}`. */
export function fillPath({ segments, slash }: ApiPath, fill: (index: number, name: string) => string): string {
  const steps = segments.map((segment, index) => (segment.kind === 'literal' ? segment.text : fill(index, segment.name)));
  return `/${steps.join('/')}${slash ? '/' : ''}`;
}
