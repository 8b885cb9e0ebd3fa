import type { MadeConnector, NewConnectorWish } from '../../model/new-connector/make-connector.ts';
import type { Refused } from '../../model/new-connector/new-connector.ts';
import type { SystemMade } from '../../model/new-system/make-system.ts';
import type { Place } from '../../model/text/place.ts';

/** Globs of the files that make up a workspace, and of its vaults: the server needs to be told when one of them changes on the disk. */
export const watchedFiles: readonly string[] = [
  '**/{sollist,relations}.json',
  '**/{connectors,systems,overlays,mappings,roles,expectations,lookups}/**/*.json',
  '**/filters/*.filter',
  '**/libraries/*.js',
  // A folder that comes or goes as a whole may be told without a word of the files in it.
  '**/{connectors,systems,overlays,mappings,roles,expectations,lookups,filters,libraries}',
  '**/roles/*',
  '**/*.{csv,tsv,txt,CSV,TSV,TXT}',
  '**/.sollist/*.db',
];

/** Asks the server what a workspace holds: `sollist/overview`, for trees and pickers. */
export interface Overview {
  readonly systems: readonly {
    readonly name: string;
    /** Empty for a system of files. */
    readonly connector: string;
    /** The folder of a system of files, as it writes it. */
    readonly folder?: string;
    readonly path: string;
    readonly tables: readonly string[];
    readonly secrets: readonly string[];
  }[];
  readonly connectors: readonly { readonly name: string; readonly path: string }[];
  readonly filters: readonly { readonly name: string; readonly path: string }[];
  readonly mappings: readonly { readonly name: string; readonly path: string }[];
  readonly roleModels: readonly {
    readonly name: string;
    readonly path: string;
    readonly state: string;
    readonly roles: readonly { readonly name: string; readonly path: string }[];
  }[];
  readonly environments: readonly string[];
}

export const overviewMethod = 'sollist/overview';

/** Asks the server what the files in `expectations/` expect, with the text of the editor, saved or not: `sollist/expectations`. Nothing runs. */
export interface ExpectationsParameters {
  readonly folder: string;
  /** One file, relative to the folder. */
  readonly path: string;
}

/** The expectations of one file, in the order of the text. */
export interface ExpectationsListed {
  readonly system: string;
  readonly tables: readonly {
    readonly table: string;
    readonly place: Place;
    readonly expectations: readonly { readonly id: string; readonly title: string; readonly place: Place }[];
  }[];
}

export const expectationsMethod = 'sollist/expectations';

/** Makes the text of a new connector, from nothing, an OpenAPI document or a sample answer: `sollist/newConnector`. Nothing is written. */
export type NewConnectorParameters = NewConnectorWish;

/** The connector, or a sentence that says why there is none and what to do. */
export type NewConnectorResult = MadeConnector | Refused;

export const newConnectorMethod = 'sollist/newConnector';

/** Makes a system of a connector of a workspace: `sollist/newSystem`. Nothing is written. */
export interface NewSystemParameters {
  readonly folder: string;
  /** The system's name: that of its file. */
  readonly name: string;
  /** The connector's file name without `.json`. */
  readonly connector: string;
  /** The only one if absent, none if false. */
  readonly scenario?: string | false;
}

export interface NewSystemResult {
  /** Those of the connector. */
  readonly scenarios: readonly { readonly name: string; readonly description: string }[];
  readonly made: SystemMade;
}

export const newSystemMethod = 'sollist/newSystem';
