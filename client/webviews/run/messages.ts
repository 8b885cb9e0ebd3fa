import type { DryRunReport, FilterReport, MappingPreview } from '../../../engine/host/protocol.ts';

/**
 * Every message between the extension and the page of the run panel. Types only: both sides import this file, so they cannot drift apart.
 *
 * The page posts `ready` whenever it was loaded (also again, after the editor dropped a hidden page); the host answers with `show`; the page
 * draws and posts `rendered` with the page's id. Only then does the command that started the run resolve.
 */
export type HostMessage =
  | { readonly type: 'show'; readonly page: RunPage }
  | { readonly type: 'progress'; readonly id: number; readonly message: string; readonly rows?: number }
  | { readonly type: 'pinned'; readonly pinned: boolean }
  | { readonly type: 'outdated'; readonly id: number };

export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'rendered'; readonly id: number }
  | { readonly type: 'cancel' }
  | { readonly type: 'again' }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'offer'; readonly index: number }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'save'; readonly name: string; readonly text: string };

/** What the panel shows: a run under way or a run that ended. */
export interface RunPage {
  /** Rises with every page of a panel. */
  readonly id: number;
  readonly heading: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly workspace: string;
  readonly environment?: string;
  readonly pinned: boolean;
  /** A collection finished after this run did. */
  readonly outdated?: boolean;
  readonly body: RunOutcome | RunUnderWay | RunFailed;
  /** Labels of what a person can do about a failure; the page answers with `offer`. */
  readonly offers: readonly string[];
}

export type RunOutcome =
  | { readonly kind: 'dry-run'; readonly report: DryRunReport }
  | { readonly kind: 'mapping'; readonly preview: MappingPreview }
  | {
      readonly kind: 'filter';
      readonly report: FilterReport;
      readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
    };

export interface RunUnderWay {
  readonly kind: 'running';
}

/** The run gave no report at all. */
export interface RunFailed {
  readonly kind: 'failed' | 'cancelled';
  readonly code: string;
  readonly message: string;
}
