import type { Name, Span } from '../text/problem.ts';
import type { Comment } from './tokens.ts';

/** The tree of a filter as its author wrote it. Nodes are never changed; a part that could not be read is `missing`. */
export interface FilterTree {
  readonly kind: 'filter';
  readonly parameters: readonly ParameterNode[];
  readonly parent?: Name;
  readonly select?: SelectNode;
  readonly appends: readonly Name[];
  readonly lookups: readonly LookupNode[];
  /** All comments in order; the one before everything else holds the notes. */
  readonly comments: readonly Comment[];
  readonly span: Span;
}

export interface ParameterNode {
  readonly kind: 'parameter-declaration';
  readonly name: Name;
  readonly type?: Name;
  readonly session?: Name;
  readonly default?: Literal;
  readonly span: Span;
}

export interface SelectNode {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly distinctOn?: Expression;
  readonly items: readonly SelectItem[];
  readonly from?: TableNode;
  readonly joins: readonly JoinNode[];
  readonly where?: Expression;
  readonly groupBy: readonly Expression[];
  readonly having?: Expression;
  readonly excludeWhen?: Expression;
  readonly orderBy: readonly SortNode[];
  readonly limit?: Literal;
  readonly span: Span;
}

export type SelectItem = ColumnItem | StarItem | ScriptItem;

export interface ColumnItem {
  readonly kind: 'column-item';
  readonly expression: Expression;
  readonly alias?: Name;
  readonly span: Span;
}

/** `alias.*`, or `*` for every table. */
export interface StarItem {
  readonly kind: 'star-item';
  readonly table?: Name;
  readonly span: Span;
}

export interface ScriptItem {
  readonly kind: 'script-item';
  /** What its values are made into, where that is said. */
  readonly type?: Name;
  readonly code: string;
  /** Where the code stands, without its marks. */
  readonly codeSpan: Span;
  readonly alias?: Name;
  readonly span: Span;
}

export interface TableNode {
  readonly kind: 'table';
  /** Absent where the author left it out. */
  readonly system?: Name;
  readonly table: Name;
  readonly alias?: Name;
  readonly span: Span;
}

/** `( table { join } )` */
export interface GroupNode {
  readonly kind: 'group';
  readonly table: TableNode;
  readonly joins: readonly JoinNode[];
  readonly span: Span;
}

/** `any` is a plain join, `left` NIM's any-none, `anti` its no. */
export type JoinMode = 'any' | 'left' | 'anti' | 'multiple' | 'all';

export interface JoinNode {
  readonly kind: 'join';
  readonly mode: JoinMode;
  readonly recursive: boolean;
  readonly source: TableNode | GroupNode;
  readonly via?: ViaNode;
  /** `via manager`: the column that refers to the other table, instead of a link table; with an alias where it could be one of several tables. */
  readonly reference?: ColumnNode;
  readonly on?: Expression;
  readonly span: Span;
}

/** `via system.table(near, far)`: `near` refers to a table so far, `far` to the joined one. */
export interface ViaNode {
  readonly kind: 'via';
  readonly link: TableNode;
  readonly near: Name;
  readonly far: Name;
  readonly span: Span;
}

export interface SortNode {
  readonly kind: 'sort';
  readonly expression: Expression;
  readonly descending: boolean;
  readonly span: Span;
}

export interface LookupNode {
  readonly kind: 'lookup';
  readonly name: Name;
  readonly include: boolean;
  /** A column of the output, or of a table. */
  readonly column: Expression;
  readonly target: TableNode;
  readonly targetColumn: Name;
  readonly span: Span;
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '||';

export type Expression =
  | Literal
  | ColumnNode
  | ParameterRef
  | NotNode
  | NegativeNode
  | LogicNode
  | CompareNode
  | ArithmeticNode
  | InNode
  | BetweenNode
  | LikeNode
  | NullTestNode
  | CaseNode
  | CollateNode
  | CastNode
  | CallNode
  | MatchedNode
  | MissingNode;

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  readonly span: Span;
}
/** `alias.column` or `column`. */
export interface ColumnNode {
  readonly kind: 'column';
  readonly table?: Name;
  readonly column: Name;
  readonly span: Span;
}
export interface ParameterRef {
  readonly kind: 'parameter';
  readonly name: string;
  readonly span: Span;
}
export interface NotNode {
  readonly kind: 'not';
  readonly operand: Expression;
  readonly span: Span;
}
export interface NegativeNode {
  readonly kind: 'negative';
  readonly operand: Expression;
  readonly span: Span;
}
/** Two or more operands; never directly inside one of the same operator. */
export interface LogicNode {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly operands: readonly Expression[];
  readonly span: Span;
}
export interface CompareNode {
  readonly kind: 'compare';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
export interface ArithmeticNode {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
export interface InNode {
  readonly kind: 'in';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly values: readonly Expression[];
  readonly span: Span;
}
export interface BetweenNode {
  readonly kind: 'between';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly span: Span;
}
export interface LikeNode {
  readonly kind: 'like';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly span: Span;
}
export interface NullTestNode {
  readonly kind: 'null-test';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly span: Span;
}
export interface CaseNode {
  readonly kind: 'case';
  readonly operand?: Expression;
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
  readonly otherwise?: Expression;
  readonly span: Span;
}
export interface CollateNode {
  readonly kind: 'collate';
  readonly operand: Expression;
  readonly collation: Name;
  readonly span: Span;
}
export interface CastNode {
  readonly kind: 'cast';
  readonly operand: Expression;
  readonly type: Name;
  readonly span: Span;
}
export interface CallNode {
  readonly kind: 'call';
  readonly name: Name;
  readonly distinct: boolean;
  /** `count(*)` */
  readonly star: boolean;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}
/** `matched(alias)`: the left-joined row is there. */
export interface MatchedNode {
  readonly kind: 'matched';
  readonly alias: Name;
  readonly span: Span;
}
export interface MissingNode {
  readonly kind: 'missing';
  readonly span: Span;
}

/** The direct parts of an expression, in the order of the text. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'column':
    case 'parameter':
    case 'matched':
    case 'missing':
      return [];
    case 'not':
    case 'negative':
    case 'null-test':
    case 'collate':
    case 'cast':
      return [expression.operand];
    case 'logic':
      return expression.operands;
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.values];
    case 'between':
      return [expression.operand, expression.low, expression.high];
    case 'like':
      return [expression.operand, expression.pattern];
    case 'case': {
      const { operand, branches, otherwise } = expression;
      return [
        ...(operand ? [operand] : []),
        ...branches.flatMap((branch) => [branch.when, branch.then]),
        ...(otherwise ? [otherwise] : []),
      ];
    }
    case 'call':
      return expression.arguments;
  }
}

/** The expression and everything inside it. */
export function* everyPart(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* everyPart(part);
}

/** The conditions that must all hold: the operands of an `and`, or the expression itself. */
export function conjunctsOf(expression: Expression | undefined): readonly Expression[] {
  if (!expression) return [];
  return expression.kind === 'logic' && expression.operator === 'and' ? expression.operands : [expression];
}

/** Both conditions; an `and` never stands directly in another. */
export function together(first: Expression | undefined, second: Expression | undefined): Expression | undefined {
  if (!first || !second) return first ?? second;
  const operands = [...conjunctsOf(first), ...conjunctsOf(second)];
  return { kind: 'logic', operator: 'and', operands, span: second.span };
}
