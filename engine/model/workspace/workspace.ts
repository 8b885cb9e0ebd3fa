import type { Connector } from '../connector/connector.ts';
import type { Overlay } from '../connector/overlay.ts';
import type { Expectations } from '../expectations/expectations.ts';
import type { DataFolders } from '../files/data-folder.ts';
import type { FilterDocument } from '../filter/filter.ts';
import type { Lookup } from '../internal/lookup.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Role, RoleModel } from '../role/role.ts';
import type { LibraryFile } from '../script/library.ts';
import type { Settings } from '../settings/settings.ts';
import type { Catalog } from '../system/catalog.ts';
import type { InterSystemRelation } from '../system/read-relations.ts';
import type { System } from '../system/system.ts';
import type { JsonDocument } from '../text/json.ts';

/** One file with the model read from it. */
export interface FileOf<Model> {
  /** Relative to the workspace, forward slashes. */
  readonly path: string;
  readonly name: string;
  readonly document: JsonDocument;
  readonly model: Model;
}

/** A filter file. */
export interface FilterFile {
  readonly path: string;
  readonly name: string;
  readonly model: FilterDocument;
}

/** A role model with the roles in its folder. */
export interface RoleModelFiles {
  /** Absent when the folder has roles but no `model.json`. */
  readonly file?: FileOf<RoleModel>;
  readonly name: string;
  readonly model: RoleModel;
  readonly roles: readonly FileOf<Role>[];
}

/** Everything the files of a workspace say, read once; the source of catalog, checks, navigation and runs alike. */
export interface Workspace {
  readonly settings: Settings;
  readonly settingsFile?: FileOf<Settings>;
  readonly connectors: ReadonlyMap<string, FileOf<Connector>>;
  /** With `internal`, also where no file of its own says anything about it: its path is then that of one of its tables' files. */
  readonly systems: ReadonlyMap<string, FileOf<System>>;
  /** By the name of the system each is for. */
  readonly overlays: ReadonlyMap<string, FileOf<Overlay>>;
  readonly relations?: FileOf<readonly InterSystemRelation[]>;
  readonly filters: ReadonlyMap<string, FilterFile>;
  readonly mappings: ReadonlyMap<string, FileOf<Mapping>>;
  readonly roleModels: ReadonlyMap<string, RoleModelFiles>;
  /** By the name of the system each is of. */
  readonly expectations: ReadonlyMap<string, FileOf<Expectations>>;
  /** What is said about lookup tables of the internal system, by table. */
  readonly lookups: ReadonlyMap<string, FileOf<Lookup>>;
  /** What scripts may name beside tables, by name. */
  readonly libraries: ReadonlyMap<string, LibraryFile>;
  /** The files that systems read their tables from, as far as they were looked at. */
  readonly data: DataFolders;
  readonly catalog: Catalog;
}
