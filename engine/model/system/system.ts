import type { ColumnType } from '../connector/connector.ts';
import type { FilesSource } from '../files/source.ts';
import type { TableScript } from '../script/table-scripts.ts';
import type { Threshold } from '../settings/settings.ts';
import type { Name } from '../text/problem.ts';

/** A connection value: a literal, or where it is to be taken from. Secrets never stand in a file. */
export type ConnectionValue =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'secret'; readonly name: string };

/** What a system says about one of its tables. */
export interface SystemTable {
  readonly name: Name;
  /** Overrides the connector's key. */
  readonly key?: Name;
  readonly display?: Name;
  /** Columns to collect; absent means those the connector selects (`*`). */
  readonly columns?: readonly Name[];
  /** The columns of a table that no connector and no file tells about, where the author does. */
  readonly fields?: readonly { readonly name: Name; readonly type: ColumnType }[];
  /** Columns that scripts compute when the table is collected. */
  readonly scripts?: readonly TableScript[];
  /** Reference keys: further columns a relation may point at. */
  readonly references: readonly Name[];
  /** 1-n relations: a column of this table → the table (its key) or `table.column` it refers to. A column may refer to several tables. */
  readonly relations: readonly { readonly column: Name; readonly target: Name }[];
  /** Its own loss of rows between two collections, in place of the system's. */
  readonly collapse?: Partial<Threshold>;
}

/** A configured system: a connector with connection values, or a folder of files, and a data model. Read from `systems/<name>.json`. */
export interface System {
  /** The file's name without `.json`. */
  readonly name: string;
  /** The connector's file name without `.json` (NIM's system type); empty for a system of files. */
  readonly connector: Name;
  /** Set where the tables are files of a folder. */
  readonly files?: FilesSource;
  readonly connection: ReadonlyMap<string, ConnectionValue>;
  /** Hosts beyond those of the base and authentication address that live traffic may reach. */
  readonly allowedHosts: readonly string[];
  /** The proxy that requests go through; its credentials stand in the address. */
  readonly proxy?: ConnectionValue;
  /** What an iteration does about a parent whose calls fail: goes on and is not complete, or fails. Absent means `skip`. */
  readonly failedParents?: 'skip' | 'fail';
  /** Versions kept of each table, in place of the workspace's number. */
  readonly keep?: number;
  /** The loss of rows a table may have between two collections, in place of the workspace's. */
  readonly collapse?: Partial<Threshold>;
  /** The tables to collect, in the order of the file. */
  readonly tables: readonly SystemTable[];
}
