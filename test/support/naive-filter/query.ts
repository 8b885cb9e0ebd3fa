/*
 * A filter as the differential test makes it: a tree of its own, which it writes as text for Sollist and evaluates by itself, so that reading,
 * binding and compiling are all on trial. Nothing here knows the engine's trees.
 */

export type Type = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'list';

/** Where `collate nocase` stands: behind the whole comparison, in brackets or not, or at one side. */
export type Nocase = 'no' | 'whole' | 'left' | 'right';

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

interface Typed {
  readonly type: Type;
}

export type Expr = Typed &
  (
    | { readonly kind: 'column'; readonly alias: string; readonly name: string; readonly bare: boolean }
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'not'; readonly of: Expr }
    | { readonly kind: 'and' | 'or'; readonly all: readonly Expr[] }
    | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Expr; readonly right: Expr; readonly nocase: Nocase }
    | { readonly kind: 'in'; readonly negated: boolean; readonly of: Expr; readonly values: readonly Expr[]; readonly nocase: Nocase }
    | {
        readonly kind: 'between';
        readonly negated: boolean;
        readonly of: Expr;
        readonly low: Expr;
        readonly high: Expr;
        readonly nocase: Nocase;
      }
    | { readonly kind: 'like'; readonly negated: boolean; readonly of: Expr; readonly pattern: Expr; readonly nocase: Nocase }
    | { readonly kind: 'null'; readonly negated: boolean; readonly of: Expr }
    | {
        readonly kind: 'case';
        readonly of?: Expr;
        readonly branches: readonly { readonly when: Expr; readonly then: Expr }[];
        readonly otherwise?: Expr;
      }
    | { readonly kind: 'negative'; readonly of: Expr }
    | { readonly kind: 'arithmetic'; readonly operator: '+' | '-' | '*' | '/' | '||'; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'cast'; readonly of: Expr }
    | { readonly kind: 'call'; readonly name: string; readonly values: readonly Expr[]; readonly nocase: Nocase }
    | { readonly kind: 'aggregate'; readonly name: string; readonly distinct: boolean; readonly of?: Expr; readonly separator?: string }
    | { readonly kind: 'matched'; readonly alias: string }
  );

export interface Table {
  readonly system: string;
  readonly table: string;
  readonly alias: string;
}

export type Mode = 'any' | 'left' | 'anti' | 'multiple' | 'all';

export interface Group {
  readonly first: Table;
  readonly joins: readonly Join[];
}

export interface Join {
  readonly mode: Mode;
  readonly source: Table | Group;
  /** `unwritten`: the one relation there is, which the text leaves out. */
  readonly on?: { readonly condition: Expr; readonly unwritten: boolean };
  readonly via?: {
    readonly system: string;
    readonly table: string;
    readonly near: string;
    readonly far: string;
    readonly of: string;
    readonly nearKey: string;
    readonly farKey: string;
  };
  /** Conjuncts that find the first rows, and those on the rows reached; `on` is not used then but to be written. */
  readonly recursion?: {
    readonly parent: string;
    readonly key: string;
    readonly direction: 'up' | 'down';
    readonly links: readonly Expr[];
    readonly conditions: readonly Expr[];
  };
}

export interface Output {
  readonly name: string;
  readonly expression: Expr;
  readonly named: boolean;
}

export interface Sort {
  readonly expression: Expr;
  /** By the name or the place of an output column instead of the expression. */
  readonly by: 'expression' | 'name' | 'place';
  readonly output?: number;
  readonly descending: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: Exclude<Type, 'list'>;
  /** What it is in this run. */
  readonly value: string | number | boolean | null;
  /** The value stands in the text and is not given to the run. */
  readonly isDefault: boolean;
}

export interface Lookup {
  readonly name: string;
  readonly include: boolean;
  /** An output column or a table's. */
  readonly output?: number;
  readonly expression: Expr;
  readonly target: { readonly system: string; readonly table: string; readonly column: string };
}

export interface Query {
  readonly parameters: readonly Parameter[];
  readonly distinct: 'no' | 'yes' | { readonly on: Expr };
  readonly outputs: readonly Output[];
  readonly from: Table;
  readonly joins: readonly Join[];
  readonly where?: Expr;
  readonly groupBy: readonly Expr[];
  readonly having?: Expr;
  readonly orderBy: readonly Sort[];
  readonly limit?: number;
  readonly lookup?: Lookup;
}

export function isGroup(source: Table | Group): source is Group {
  return 'joins' in source;
}

/** The tables of a source that rows come from. */
export function aliasesOf(source: Table | Group): readonly string[] {
  if (!isGroup(source)) return [source.alias];
  return [source.first.alias, ...source.joins.filter(({ mode }) => mode !== 'anti').flatMap((join) => aliasesOf(join.source))];
}
