import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { ColumnFactsFound } from '../engine/host/protocol.ts';
import type { Catalog } from '../engine/model/system/catalog.ts';
import type { FilterDocument } from '../engine/model/filter/filter.ts';
import { identifyFile } from '../engine/model/workspace/file-kind.ts';
import type { FilterInsight } from '../engine/run/filter/insight/insight.ts';
import { createColumnMemory, type Answered, type ColumnAsked } from './column-memory.ts';
import type { EngineProcess } from './engine-process.ts';
import type { Knowledge } from './knowledge.ts';
import type { Workspaces } from './workspaces.ts';

/** A run of a filter in this session. */
export interface LastRun {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rows: number;
}

/** What the vault tells about open filters. Nobody waits for it but `columnWithin`, and that not for long. */
export interface FilterInsights {
  /** What is known of an open filter in the text it has now; where nothing is, the engine is asked in the background. */
  of(folder: string, path: string): FilterInsight | undefined;
  /** Whether there is a vault to ask. */
  mayKnow(folder: string): boolean;
  /** The answer, which may be that there is none; undefined where none came within `patience` ms. */
  columnWithin(folder: string, asked: ColumnAsked, patience: number): Promise<Answered | undefined>;
  /** The text of a document, or the vault below it, has changed. */
  changed(uri: string): void;
  /** A run through this server has ended. */
  noteRun(name: string, parameters: { readonly folder: string }, result: unknown): void;
  /** `Name` or `Name[lookup]` */
  lastRun(folder: string, filter: string): LastRun | undefined;
  stop(): void;
}

export interface FilterInsightsOptions {
  readonly workspaces: Workspaces;
  readonly knowledge: Pick<Knowledge, 'vault'>;
  /** A process of its own: a query that does not end must not take a collection with it. */
  readonly engine: Pick<EngineProcess, 'request' | 'stop'>;
  /** Nothing is started in a workspace that is not trusted. */
  readonly trusted: () => boolean;
  /** Whether a document is open. */
  readonly isOpen: (uri: string) => boolean;
  /** Whether anybody wants to see rows or hazards. */
  readonly wanted: () => boolean;
  /** Called when more is known of a filter. */
  readonly onChange: (uri: string) => void;
  readonly log: (line: string) => void;
  readonly pauses?: Partial<typeof pauses>;
}

/** In milliseconds. */
const pauses = {
  /** From the last key stroke to the question. */
  typing: 300,
  /** The same, where the last answer for this filter took too long. */
  late: 5_000,
  /** Until an answer is given up and, if need be, the process with it. */
  patience: 3_500,
  /** Until an engine that nobody asks is ended. */
  idle: 120_000,
};

/** What an answer rests on: as long as these are the same records, it stands. */
interface Basis {
  readonly document: FilterDocument;
  readonly catalog: Catalog;
  /** The other filters, where this one names some. */
  readonly others: unknown;
  /** The session variables of the workspace. */
  readonly session: unknown;
  readonly stamp: string;
  readonly environment: string | undefined;
}

interface Filter {
  readonly uri: string;
  readonly folder: string;
  readonly path: string;
  readonly name: string;
  known?: { readonly basis: Basis; readonly insight: FilterInsight | undefined };
  /** What was asked for last, and is waited for. */
  wanted?: Basis;
  /** The last answer took too long. */
  late: boolean;
}

/** A question to the engine under way. */
interface Looking {
  readonly filter: Filter;
  readonly source: CancellationTokenSource;
  /** There is a newer text: nobody wants the answer. */
  outdated: boolean;
}

export function createFilterInsights(options: FilterInsightsOptions): FilterInsights {
  const { workspaces, knowledge, engine, trusted, isOpen, onChange, log } = options;
  const { typing, late, patience, idle } = { ...pauses, ...options.pauses };
  const filters = new Map<string, Filter>();
  const lastRuns = new Map<string, LastRun>();
  const waiting = new Set<Filter>();
  let running: Looking | undefined;
  let timer: NodeJS.Timeout | undefined;
  let idling: NodeJS.Timeout | undefined;
  let runs = 0;
  let ended = false;

  const ask = (
    folder: string,
    name: 'filterInsight' | 'columnFacts',
    own: object,
    source = new CancellationTokenSource(),
  ): Promise<unknown> => {
    clearTimeout(idling);
    idling = setTimeout(() => engine.stop(), idle);
    idling.unref();
    const { environment } = knowledge.vault(folder);
    const input = { runId: `insight-${++runs}`, folder, overlay: workspaces.overlay(folder), secrets: {} };
    const limit = setTimeout(() => source.cancel(), patience);
    return engine
      .request(name, { ...input, ...(environment !== undefined && { environment }), ...own }, source.token)
      .finally(() => clearTimeout(limit));
  };
  const basisOf = ({ folder, path, name }: Filter): Basis | undefined => {
    if (ended || !trusted() || !options.wanted()) return undefined;
    const { environment, stamp } = knowledge.vault(folder);
    const { workspace } = workspaces.view(folder);
    const file = workspace.filters.get(name);
    if (stamp === '' || file?.path !== path) return undefined;
    const { model: document } = file;
    const namesOthers = document.tree !== undefined && (document.tree.parent !== undefined || document.tree.appends.length > 0);
    return {
      document,
      catalog: workspace.catalog,
      others: namesOthers ? workspace.filters : undefined,
      session: workspace.settings.session,
      stamp,
      environment,
    };
  };
  const filterOf = (folder: string, path: string): Filter | undefined => {
    const uri = workspaces.uriOf(folder, path);
    const identity = identifyFile(path);
    if (identity?.kind !== 'filter' || !isOpen(uri)) {
      filters.delete(uri);
      return undefined;
    }
    const filter = filters.get(uri) ?? { uri, folder, path, name: identity.name, late: false };
    filters.set(uri, filter);
    return filter;
  };
  const want = (filter: Filter, basis: Basis): void => {
    if (filter.wanted && same(filter.wanted, basis)) return;
    filter.wanted = basis;
    // What is being worked out for an older text is of no use to anybody.
    if (running?.filter === filter) outdate(running);
    waiting.add(filter);
    clearTimeout(timer);
    timer = setTimeout(next, filter.late ? late : typing);
  };
  const next = (): void => {
    if (running) return;
    for (const filter of waiting) {
      waiting.delete(filter);
      const basis = filterOf(filter.folder, filter.path) === filter ? basisOf(filter) : undefined;
      if (!basis || (filter.known && same(filter.known.basis, basis))) {
        delete filter.wanted;
        continue;
      }
      void look(filter, basis);
      return;
    }
  };
  const look = async (filter: Filter, basis: Basis): Promise<void> => {
    const source = new CancellationTokenSource();
    const mine: Looking = { filter, outdated: false, source };
    running = mine;
    let insight: FilterInsight | undefined;
    try {
      insight = (await ask(filter.folder, 'filterInsight', { filter: filter.name, parameters: {} }, source)) as FilterInsight;
      filter.late = false;
    } catch (error) {
      filter.late = !mine.outdated && source.token.isCancellationRequested;
      // A file that is being mended, a vault that is being written: the next change asks again.
      if (!mine.outdated) log(`${filter.path} was not looked into: ${error instanceof Error ? error.message : String(error)}`);
    }
    running = undefined;
    if (ended) return;
    if (!mine.outdated) {
      filter.known = { basis, insight };
      delete filter.wanted;
      onChange(filter.uri);
    }
    next();
  };
  const columns = createColumnMemory({
    vault: (folder) => (ended || !trusted() ? undefined : knowledge.vault(folder)),
    ask: async (folder, asked) => ((await ask(folder, 'columnFacts', asked)) as ColumnFactsFound).column,
  });
  const insights: FilterInsights = {
    of(folder, path) {
      const filter = filterOf(folder, path);
      const basis = filter && basisOf(filter);
      if (!filter || !basis) return undefined;
      if (filter.known && same(filter.known.basis, basis)) return filter.known.insight;
      want(filter, basis);
      return undefined;
    },
    mayKnow: (folder) => columns.mayKnow(folder),
    columnWithin: (folder, asked, wait) => columns.within(folder, asked, wait),
    changed(uri) {
      const place = workspaces.placeOf(uri);
      if (place) insights.of(place.folder, place.path);
    },
    noteRun(name, { folder }, result) {
      if (name !== 'runFilter') return;
      const { filter, rowSet } = result as { readonly filter: string; readonly rowSet: { readonly total: number } };
      lastRuns.set(JSON.stringify([folder, filter]), { at: Date.now(), rows: rowSet.total });
    },
    lastRun: (folder, filter) => lastRuns.get(JSON.stringify([folder, filter])),
    stop() {
      ended = true;
      clearTimeout(timer);
      clearTimeout(idling);
      if (running) outdate(running);
      engine.stop();
    },
  };
  return insights;
}

function outdate(looking: Looking): void {
  looking.outdated = true;
  looking.source.cancel();
}

function same(one: Basis, other: Basis): boolean {
  return (
    one.document === other.document &&
    one.catalog === other.catalog &&
    one.others === other.others &&
    one.session === other.session &&
    one.stamp === other.stamp &&
    one.environment === other.environment
  );
}
