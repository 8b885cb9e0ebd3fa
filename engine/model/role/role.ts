import type { Name } from '../text/problem.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Guards } from '../settings/settings.ts';

/** Groups of one system that a role grants, and how the role's rows name the members. */
export interface RoleGroups {
  readonly system: Name;
  /** The membership table of the connector; absent means the system's only one. */
  readonly membership?: Name;
  /** The filter column that holds the member's key. */
  readonly member: Name;
  /** Key values of the group table. */
  readonly groups: readonly Name[];
}

/** A role: the rows of a filter belong to these groups. Read from `roles/<model>/<Role>.json`. */
export interface Role {
  readonly name: string;
  readonly filter: Name;
  readonly parameters: Mapping['parameters'];
  readonly groups: readonly RoleGroups[];
}

/** How far a model reaches within one system. */
export interface Scope {
  readonly system: Name;
  /** Filter and column of the members the model may touch; absent means all. */
  readonly include?: { readonly filter: Name; readonly column: Name };
  readonly exclude?: { readonly filter: Name; readonly column: Name };
  /** false: never add a member. */
  readonly grant: boolean;
  /** false: never remove a member. */
  readonly revoke: boolean;
}

/** A role model: its state, its scope and its guards. Read from `roles/<model>/model.json`. */
export interface RoleModel {
  readonly name: string;
  readonly state: 'active' | 'development' | 'history';
  readonly scope: readonly Scope[];
  readonly guards: Guards;
}
