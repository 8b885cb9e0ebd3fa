import type { ExpectationsDraft } from '../run/expect/draft-system.ts';
import type { FilterEffect, FilterExplanation, FilterWhy } from '../run/filter/filter-report.ts';
import type { FilterInsight } from '../run/filter/insight/insight.ts';
import type { CollectionPlan } from '../run/plan/preview-collection.ts';
import type { RequestPreview } from '../run/plan/preview-request.ts';
import type { TableVersion } from '../run/records.ts';
import type { RehearsalReport } from '../run/rehearsal-report.ts';
import type { FoundRelations, RelationList, RelationMatch } from '../run/relations/relation-report.ts';
import type { RoleReport } from '../run/roles/role-report.ts';
import type { RowsComparison, RunList, RunRecord, RunSummary } from '../run/run-record.ts';
import type {
  CollectParameters,
  CollectResult,
  DraftExpectationsParameters,
  DryRunParameters,
  DryRunReport,
  ExpectationsTested,
  PlanCollectionParameters,
  PreviewRequestParameters,
  RecordingsDescription,
  RehearseParameters,
  TestExpectationsParameters,
} from './protocol/collecting.ts';
import type {
  ColumnFactsFound,
  ColumnFactsParameters,
  DescribeFilterParameters,
  FilterDescription,
  FilterEffectParameters,
  FilterInsightParameters,
  FilterReport,
  RunFilterParameters,
  ValuesLikeFound,
  ValuesLikeParameters,
  WhyParameters,
} from './protocol/filters.ts';
import type { CompareRunsParameters, DeleteRunsParameters, KeptRunParameters, PinRunParameters } from './protocol/history.ts';
import type { ExportNimParameters, NimExported } from './protocol/nim.ts';
import type { InspectRolesParameters, MappingPreview, PreviewMappingParameters } from './protocol/plans.ts';
import type { RunInput } from './protocol/run.ts';
import type {
  CompareVersionsParameters,
  DescribeTableParameters,
  DraftRelationsParameters,
  FindRelationsParameters,
  ListRelationsParameters,
  LoadVersionParameters,
  MatchRelationParameters,
  RelationsDraft,
  TableDescription,
  TableVersionsParameters,
  VaultDescription,
} from './protocol/vault.ts';

export * from './protocol/collecting.ts';
export * from './protocol/editor.ts';
export * from './protocol/filters.ts';
export * from './protocol/history.ts';
export * from './protocol/nim.ts';
export * from './protocol/plans.ts';
export * from './protocol/run.ts';
export * from './protocol/vault.ts';

/**
 * Every message between the editor, the language server and the engine process; what they hold is declared by subject in `protocol/`, which
 * others see through this file alone. Plain records only. The server forwards each request unchanged under the method `sollist/run/<name>`; the
 * engine process serves them under `<name>`.
 */
export interface RunRequests {
  /** Runs the get operation of one table and shows the rows; the vault is not touched. */
  readonly dryRun: { readonly parameters: DryRunParameters; readonly result: DryRunReport };
  /** Runs the get operations of a system into the vault. */
  readonly collect: { readonly parameters: CollectParameters; readonly result: CollectResult };
  /** Shows the rows a filter gives. */
  readonly runFilter: { readonly parameters: RunFilterParameters; readonly result: FilterReport };
  /** What a filter takes and names: for a form, and for asking why. Reads files alone. */
  readonly describeFilter: { readonly parameters: DescribeFilterParameters; readonly result: FilterDescription };
  /** The SQL of a filter and SQLite's plan for it; no row is read. */
  readonly explainFilter: { readonly parameters: RunFilterParameters; readonly result: FilterExplanation };
  /** Why a row is among those a filter gives: what matched, which conditions held, and why it is there several times. */
  readonly whyRow: { readonly parameters: WhyParameters; readonly result: FilterWhy };
  /** Why a row is not among those a filter gives: the first thing that dropped it, with its values. */
  readonly whyNot: { readonly parameters: WhyParameters; readonly result: FilterWhy };
  /** The rows gained, lost and changed between the filter in the editor and an older text of it, on the same vault. */
  readonly filterEffect: { readonly parameters: FilterEffectParameters; readonly result: FilterEffect };
  /** The rows after each part of a filter, and its hazards. Reads only; asked while somebody types, and bounded in time. */
  readonly filterInsight: { readonly parameters: FilterInsightParameters; readonly result: FilterInsight };
  /** How one column of the vault is filled, with its most frequent values. Reads only. */
  readonly columnFacts: { readonly parameters: ColumnFactsParameters; readonly result: ColumnFactsFound };
  /** Values of a column of the vault that begin with a text, at most 50. Reads only; asked while somebody types. */
  readonly valuesLike: { readonly parameters: ValuesLikeParameters; readonly result: ValuesLikeFound };
  /** Shows what a mapping would change, with the request of every change. */
  readonly previewMapping: { readonly parameters: PreviewMappingParameters; readonly result: MappingPreview };
  /** Soll against ist of a role model. */
  readonly inspectRoles: { readonly parameters: InspectRolesParameters; readonly result: RoleReport };
  /** Shows the request an operation would send; it is not sent. */
  readonly previewRequest: { readonly parameters: PreviewRequestParameters; readonly result: RequestPreview };
  /** Plans a collection down to the first request of each table. Nothing is called, and no secret is needed. */
  readonly planCollection: { readonly parameters: PlanCollectionParameters; readonly result: CollectionPlan };
  /** What the vault holds, and what the API sent beyond it. Reads only: neither a vault nor a secret needs to be there. */
  readonly describeVault: { readonly parameters: RunInput; readonly result: VaultDescription };
  /** The recordings of the workspace, and the faults that can be rehearsed on them. Reads only. */
  readonly describeRecordings: { readonly parameters: RunInput; readonly result: RecordingsDescription };
  /** Replays a system's recording with faults put in, into vaults of its own; neither the vault nor the network is touched. */
  readonly rehearse: { readonly parameters: RehearseParameters; readonly result: RehearsalReport };
  /** Holds the data of a system, from its recording or live, against what is expected of it; the vault is not touched. */
  readonly testExpectations: { readonly parameters: TestExpectationsParameters; readonly result: ExpectationsTested };
  /** Makes a first expectations file of what a system gives; nothing is written. */
  readonly draftExpectations: { readonly parameters: DraftExpectationsParameters; readonly result: ExpectationsDraft };
  /** Makes what NIM imports of the workspace, or of one filter. Reads files alone; nothing is written, and NIM is not spoken to. */
  readonly exportNim: { readonly parameters: ExportNimParameters; readonly result: NimExported };
  /** How one table of the vault is filled. */
  readonly describeTable: { readonly parameters: DescribeTableParameters; readonly result: TableDescription };
  /** The runs that are kept, newest first. Reads files alone, so that the history may be looked at in an untrusted workspace. */
  readonly listRuns: { readonly parameters: RunInput; readonly result: RunList };
  /** A run that is kept, as it was. Reads files alone. */
  readonly readRun: { readonly parameters: KeptRunParameters; readonly result: RunRecord };
  /** What differs between the rows of two runs, the older first. Reads files alone. */
  readonly compareRuns: { readonly parameters: CompareRunsParameters; readonly result: RowsComparison };
  /** Keeps a run whatever the retention says, or no longer. */
  readonly pinRun: { readonly parameters: PinRunParameters; readonly result: RunSummary };
  /** Takes runs out of the history. */
  readonly deleteRuns: { readonly parameters: DeleteRunsParameters; readonly result: RunList };
  /** The versions of the vault's tables, by name and the newest first. Reads only. */
  readonly tableVersions: { readonly parameters: TableVersionsParameters; readonly result: readonly TableVersion[] };
  /** What differs between two versions of a table. Reads only. */
  readonly compareVersions: { readonly parameters: CompareVersionsParameters; readonly result: RowsComparison };
  /** Relations that the collected values speak for: within a system, or between two tables. Reads only. */
  readonly findRelations: { readonly parameters: FindRelationsParameters; readonly result: FoundRelations };
  /** How the values of two columns meet. Reads only. */
  readonly matchRelation: { readonly parameters: MatchRelationParameters; readonly result: RelationMatch };
  /** The relations of the data model, with their match where both tables are collected. Reads only. */
  readonly listRelations: { readonly parameters: ListRelationsParameters; readonly result: RelationList };
  /** The text of a file with relations added; nothing is written. */
  readonly draftRelations: { readonly parameters: DraftRelationsParameters; readonly result: RelationsDraft };
  /** Makes a past or held-back version the current one, with those of the same answers; gives what is current now. */
  readonly loadVersion: { readonly parameters: LoadVersionParameters; readonly result: readonly TableVersion[] };
}

export type RunName = keyof RunRequests;

/** Runs that only read what was kept: they contact nobody, and are the ones an untrusted workspace may ask for. */
export const readingRuns: ReadonlySet<RunName> = new Set<RunName>(['listRuns', 'readRun', 'compareRuns']);

/** The server's method for a run. */
export function runMethod(name: RunName): string {
  return `sollist/run/${name}`;
}
