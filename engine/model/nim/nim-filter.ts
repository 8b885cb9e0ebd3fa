/** A filter as NIM keeps it, read into a tree. What NIM's JSON says twice (index, parent, indent) is said once here. */
export interface NimFilter {
  readonly name: string;
  /** The file name of the filter it was made from: in small letters. Empty where there is none. */
  readonly parent: string;
  readonly start: NimStart | undefined;
  readonly columns: readonly NimColumn[];
  readonly sort: readonly { readonly name: string; readonly ascending: boolean }[];
  /** One row for each value of this column. */
  readonly group?: string;
  /** Rows whose script column is true are left out. */
  readonly exclude?: string;
  readonly parameters: readonly NimParameter[];
  readonly lookups: readonly NimLookup[];
  readonly appends: readonly { readonly name: string; readonly enabled: boolean }[];
  readonly notes: string;
  readonly tags: readonly string[];
  /** What it holds that has no place above, in words. */
  readonly unread: readonly string[];
}

interface NimNode {
  /** False: NIM passes over it and everything below. */
  readonly enabled: boolean;
  /** A copy of the parent filter's item. */
  readonly inherited: boolean;
  readonly children: readonly NimItem[];
}

export interface NimStart extends NimNode {
  readonly type: 'start';
  readonly system: string;
  readonly table: string;
  readonly alias: string;
}

export type NimItem = NimGroup | NimExpression | NimReference;

export interface NimGroup extends NimNode {
  readonly type: 'and' | 'or';
}

export interface NimExpression extends NimNode {
  readonly type: 'expression';
  /** A column of the table the item hangs on, or with `leftIsParameter` a parameter. */
  readonly field: string;
  readonly leftIsParameter: boolean;
  /** As NIM shows it: `equals (ci)`. */
  readonly function: string;
  readonly operand: NimOperand;
}

export type NimOperand =
  | { readonly kind: 'value'; readonly value: string | number | boolean | undefined }
  | { readonly kind: 'parameter'; readonly name: string };

export interface NimReference extends NimNode {
  readonly type: 'reference';
  readonly relation: NimRelation;
  /** `any`, `any-none`, `no`; `multiple` and `all` are documented, but no public export shows how they are written. */
  readonly option: string;
  readonly recursive: boolean;
  /** The joined table. */
  readonly system: string;
  readonly table: string;
  readonly alias: string;
}

/**
 * `n-1`: `field` of the table before refers to the joined one. `1-n`: `field` of the joined table refers to the one before. `inter-system`: `near`
 * of the table before means the same as `far` of the joined one. `link`: both hang on a link table.
 */
export type NimRelation =
  | { readonly kind: 'n-1' | '1-n'; readonly field: string }
  | { readonly kind: 'inter-system'; readonly near: string; readonly far: string }
  | { readonly kind: 'link'; readonly system: string; readonly table: string; readonly near: string; readonly far: string };

export type NimColumn = NimDataColumn | NimScriptColumn;

interface NimColumnBase {
  /** What sorting, grouping and lookups call it. */
  readonly name: string;
  /** What mappings and other filters call it. */
  readonly displayName: string;
  readonly show: boolean;
}

export interface NimDataColumn extends NimColumnBase {
  readonly kind: 'data';
  readonly alias: string;
  readonly field: string;
}

export interface NimScriptColumn extends NimColumnBase {
  readonly kind: 'script';
  readonly code: string;
}

export interface NimParameter {
  readonly name: string;
  /** `string` or `number`. */
  readonly type: string;
  /** The session or global variable it takes its value from. */
  readonly variable?: string;
  readonly default: string | number | boolean | undefined;
  readonly description: string;
  readonly inherited: boolean;
}

export interface NimLookup {
  readonly name: string;
  readonly column: string;
  readonly include: boolean;
  readonly system: string;
  readonly table: string;
  readonly field: string;
}
