import { randomBytes } from 'node:crypto';
import { Uri, ViewColumn, window, type CancellationToken, type ExtensionContext } from 'vscode';
import type { RowsChunk } from '../../../engine/host/protocol.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { copyText } from '../../infrastructure/commands.ts';
import type { RunSummary } from '../../../engine/run/run-record.ts';
import { runPanelType } from '../../infrastructure/ids.ts';
import type { Offer } from '../../infrastructure/offers.ts';
import type { Answered, FilterTab, ParameterValues, Question } from '../../webviews/run/filter/questions.ts';
import type { HostMessage, OfferLabel, PageMessage, RunPage } from '../../webviews/run/messages.ts';
import { pageHtml } from './page-html.ts';
import { createQuestions } from './questions.ts';
import { saveText } from './save-text.ts';

/** What a panel is given to show. */
export type Content = Omit<RunPage, 'id' | 'pinned' | 'offers' | 'history'>;

/** One webview panel with a run in it. */
export interface Panel {
  readonly pinned: boolean;
  /** A run is under way in it. */
  readonly busy: boolean;
  readonly column: ViewColumn | undefined;
  /** Cancels the run before, and tells whether the new one is still the panel's. */
  begin(cancel: () => void): () => boolean;
  /** Resolves when the page has drawn it, or was closed. Without a history of its own it has the one known before, so that nothing jumps. */
  show(page: Content, offers: readonly Offer[], history?: readonly RunSummary[]): Promise<void>;
  /** The runs of the same subject, newest first. */
  setHistory(history: readonly RunSummary[]): void;
  /** What is shown next has another subject. */
  forgetHistory(): void;
  progress(message: string, rows: number | undefined): void;
  /** Rows of the run under way. */
  chunk(chunk: RowsChunk): void;
  /** Looks at a part of the page anew, where the page shows the rows of a filter; false where it does not. */
  openTab(tab: FilterTab): boolean;
  /** The vault has other rows now than those that a preview or a filter in this panel rests on. */
  outdate(): void;
  reveal(): void;
  close(): void;
}

export interface PanelEvents {
  readonly onClosed: () => void;
  readonly onOffer: (offer: Offer) => void;
  readonly onAgain: (parameters: ParameterValues | undefined) => void;
  readonly onAsk: (question: Question, token: CancellationToken) => Promise<Answered>;
  readonly onGoTo: (path: string, span: Span) => void;
  readonly onOpenRun: (run: string) => void;
  readonly onPinRun: (run: string, pinned: boolean) => void;
  readonly onCompareRuns: (before: string, after: string) => void;
  readonly onFault: (message: string) => void;
}

/** How long a page may take to draw before the panel is held for broken. */
const patience = 20_000;

/** Opens a panel in the column, else beside the editor. */
export function createPanel(context: ExtensionContext, column: ViewColumn | undefined, events: PanelEvents): Panel {
  const folder = Uri.joinPath(context.extensionUri, 'dist', 'webviews');
  const panel = window.createWebviewPanel(
    runPanelType,
    'Run',
    { viewColumn: column ?? ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, localResourceRoots: [folder], enableFindWidget: true },
  );
  const icon = (name: string): Uri => Uri.joinPath(context.extensionUri, 'media', name);
  panel.iconPath = { light: icon('sollist-light.svg'), dark: icon('sollist-dark.svg') };
  let page: RunPage | undefined;
  let offers: readonly Offer[] = [];
  let history: readonly RunSummary[] = [];
  let pinned = false;
  let loaded = false;
  let cancel: (() => void) | undefined;
  let generation = 0;
  let lastProgress: HostMessage | undefined;
  /** Rows that came, for a page that is loaded anew. */
  let chunks: readonly RowsChunk[] = [];
  let waiting: { readonly id: number; readonly done: () => void } | undefined;
  const post = (message: HostMessage): void => {
    if (loaded) void panel.webview.postMessage(message);
  };
  const questions = createQuestions(events.onAsk, (number, answered) => {
    post({ type: 'answer', ask: number, answered });
  });
  const entitle = (): void => {
    if (page !== undefined) panel.title = pinned ? `Pinned: ${page.heading}` : page.heading;
  };
  const receive = (message: PageMessage): void => {
    switch (message.type) {
      case 'ready':
        loaded = true;
        questions.forgetAll();
        if (page !== undefined) post({ type: 'show', page });
        for (const chunk of chunks) post({ type: 'chunk', id: page?.id ?? 0, chunk });
        if (lastProgress !== undefined) post(lastProgress);
        return;
      case 'rendered':
        if (waiting?.id === message.id) waiting.done();
        return;
      case 'cancel':
        cancel?.();
        return;
      case 'again':
        events.onAgain(message.parameters);
        return;
      case 'ask':
        questions.ask(message.ask, message.question);
        return;
      case 'forget':
        questions.forget(message.ask);
        return;
      case 'goTo':
        events.onGoTo(message.path, message.span);
        return;
      case 'pin':
        pinned = message.pinned;
        if (page !== undefined) page = { ...page, pinned };
        entitle();
        post({ type: 'pinned', pinned });
        return;
      case 'offer': {
        const offer = offers[message.index];
        if (offer !== undefined) events.onOffer(offer);
        return;
      }
      case 'openRun':
        events.onOpenRun(message.run);
        return;
      case 'pinRun':
        events.onPinRun(message.run, message.pinned);
        return;
      case 'compareRuns':
        events.onCompareRuns(message.before, message.after);
        return;
      case 'copy':
        void copyText(message.text);
        return;
      case 'save':
        void saveText(message.name, message.text).catch((error: unknown) => {
          events.onFault(`The file could not be saved: ${error instanceof Error ? error.message : String(error)}`);
        });
        return;
    }
  };
  panel.webview.onDidReceiveMessage(receive);
  panel.onDidDispose(() => {
    loaded = false;
    // Whatever still runs has no panel any more, and must not show itself in it.
    generation += 1;
    cancel?.();
    questions.forgetAll();
    waiting?.done();
    events.onClosed();
  });
  panel.webview.html = pageHtml({
    address: (file) => panel.webview.asWebviewUri(Uri.joinPath(folder, file)).toString(),
    source: panel.webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
  });
  return {
    get pinned() {
      return pinned;
    },
    get busy() {
      return cancel !== undefined;
    },
    get column() {
      return panel.viewColumn;
    },
    begin: (cancelRun) => {
      cancel?.();
      cancel = cancelRun;
      const own = ++generation;
      return () => own === generation;
    },
    show: (content, possible, own) => {
      waiting?.done();
      offers = possible;
      history = own ?? history;
      page = { ...content, id: (page?.id ?? 0) + 1, pinned, history, offers: possible.map(labelOf) };
      if (content.body.kind !== 'running') cancel = undefined;
      // Those of a run that was cancelled stay to be looked at.
      if (content.body.kind !== 'cancelled') chunks = [];
      questions.forgetAll();
      lastProgress = undefined;
      entitle();
      const { id } = page;
      const drawn = new Promise<void>((done) => {
        const timer = setTimeout(() => {
          events.onFault('The run panel did not answer. Close it and run again.');
          done();
        }, patience);
        waiting = {
          id,
          done: () => {
            clearTimeout(timer);
            done();
          },
        };
      });
      post({ type: 'show', page });
      return drawn;
    },
    setHistory: (known) => {
      history = known;
      if (page === undefined) return;
      page = { ...page, history };
      post({ type: 'history', id: page.id, history });
    },
    forgetHistory: () => {
      history = [];
    },
    progress: (message, rows) => {
      if (page === undefined) return;
      lastProgress = { type: 'progress', id: page.id, message, ...(rows !== undefined && { rows }) };
      post(lastProgress);
    },
    chunk: (chunk) => {
      if (page?.body.kind !== 'running') return;
      chunks = [...chunks, chunk];
      post({ type: 'chunk', id: page.id, chunk });
    },
    openTab: (tab) => {
      if (page?.filter === undefined || (page.body.kind !== 'filter' && page.body.kind !== 'not-run')) return false;
      post({ type: 'openTab', id: page.id, tab });
      return true;
    },
    outdate: () => {
      if (page?.body.kind !== 'mapping' && page?.body.kind !== 'filter') return;
      page = { ...page, outdated: true };
      post({ type: 'outdated', id: page.id });
    },
    reveal: () => {
      panel.reveal(undefined, true);
    },
    close: () => {
      panel.dispose();
    },
  };
}

function labelOf({ title, hint, about }: Offer): OfferLabel {
  return { title, ...(hint !== undefined && { hint }), ...(about !== undefined && { about }) };
}
