import { commands, window, type ExtensionContext } from 'vscode';
import type { RunKind, RunSummary } from '../../../engine/run/run-record.ts';
import { isCancellation } from '../../infrastructure/commands.ts';
import { plainText } from '../../infrastructure/failure.ts';
import type { History } from '../../infrastructure/history.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Log } from '../../infrastructure/log.ts';
import { hasCollected, type Runs } from '../../infrastructure/run.ts';
import type { KeptRun, RunView, ViewedComparison, ViewedFilter, ViewedRun } from '../../infrastructure/run-view.ts';
import type { ParameterValues } from '../../webviews/run/filter/questions.ts';
import { comparisonPage } from './comparison-page.ts';
import { answered } from './answered.ts';
import { executeRun } from './execute.ts';
import { keptPage } from './kept-page.ts';
import { createPanel, type Panel } from './panel.ts';

/** What a panel has: whose history goes with it, and what *Run again* does. */
interface Shown {
  readonly folder: string;
  readonly about?: { readonly kind: RunKind; readonly subject: string };
  /** Where a filter can be asked. */
  readonly filter?: ViewedFilter;
  again(parameters?: ParameterValues): Promise<void>;
}

function isSame(before: Shown | undefined, { folder, kind, subject }: ViewedRun): boolean {
  return before?.folder === folder && before.about?.kind === kind && before.about.subject === subject;
}

/** Runs of the same subject that a page shows beside one of them. */
const mostOfHistory = 30;

/** The run panel: one, reused by every run, unless a person pinned it; then the next run opens another. */
export function activateRunPanelFeature(context: ExtensionContext, runs: Runs, history: History, log: Log): RunView {
  const panels = new Set<Panel>();
  const shown = new WeakMap<Panel, Shown>();

  const fault = (error: unknown): void => {
    if (isCancellation(error)) return;
    const message = error instanceof Error ? error.message : String(error);
    log.error(`run panel: ${message}`);
    void window.showErrorMessage(plainText(message));
  };
  const attempt = (work: () => Promise<unknown>): void => {
    work().catch(fault);
  };

  /** The runs of the same subject, newest first; what cannot be read is no reason to show nothing. */
  const runsLike = async ({ folder, about }: Shown): Promise<readonly RunSummary[]> => {
    if (about === undefined) return [];
    try {
      const { runs: all } = await history.list(folder);
      return all.filter(({ kind, subject }) => kind === about.kind && subject === about.subject).slice(0, mostOfHistory);
    } catch (error) {
      log.warn(`run panel: the history could not be read: ${String(error)}`);
      return [];
    }
  };
  const refresh = async (panel: Panel): Promise<void> => {
    const own = shown.get(panel);
    if (own === undefined) return;
    const like = await runsLike(own);
    if (shown.get(panel) === own) panel.setHistory(like);
  };
  const refreshLater = (panel: Panel): void => {
    refresh(panel).catch(fault);
  };

  /** Shows in a panel what is there already. */
  const put = async (
    panel: Panel,
    what: Shown,
    [content, offers]: ReturnType<typeof keptPage>,
    like: readonly RunSummary[],
  ): Promise<void> => {
    panel.begin(() => undefined);
    shown.set(panel, what);
    await panel.show(content, offers, like);
  };
  const putKept = async (choose: () => Panel, kept: KeptRun): Promise<void> => {
    const { folder, record } = kept;
    const again = async (): Promise<void> => {
      await commands.executeCommand(commandIds.runAgain, { folder, id: record.id });
    };
    const what: Shown = { folder, about: record, again };
    const like = await runsLike(what);
    await put(choose(), what, keptPage(kept, like[0]?.id === record.id), like);
  };
  const putComparison = async (choose: () => Panel, compared: ViewedComparison, about?: Shown['about']): Promise<void> => {
    const what: Shown = { folder: compared.folder, ...(about && { about }), again: () => Promise.resolve() };
    const like = await runsLike(what);
    await put(choose(), what, [comparisonPage(compared), []], like);
  };

  /** *Run again* keeps to its panel, pinned or not. The panel shows what failed, so nothing is thrown on. */
  const run = async (panel: Panel, viewed: ViewedRun): Promise<void> => {
    const before = shown.get(panel);
    if (!isSame(before, viewed)) panel.forgetHistory();
    const { filter } = viewed;
    shown.set(panel, {
      folder: viewed.folder,
      about: viewed,
      ...(filter && { filter }),
      again: async (parameters) => run(panel, filter === undefined ? viewed : await filter.again(parameters ?? filter.frame.given)),
    });
    refreshLater(panel);
    try {
      await executeRun(panel, viewed);
    } catch (error) {
      if (!isCancellation(error)) log.error(`${viewed.heading}: ${String(error)}`);
    }
    refreshLater(panel);
  };

  const create = (): Panel => {
    // Beside the panels there are: their group is locked, and *beside* it would open a third one.
    const column = [...panels].at(-1)?.column;
    const panel = createPanel(context, column, {
      onClosed: () => panels.delete(panel),
      onOffer: (offer) => {
        // What mends a run may be one itself, and take its place in the panel.
        const before = shown.get(panel);
        attempt(async () => {
          const mended = await commands.executeCommand(offer.command, ...offer.arguments);
          if (offer.thenAgain === true && mended === true) await before?.again();
        });
      },
      onAgain: (parameters) => {
        attempt(async () => shown.get(panel)?.again(parameters));
      },
      onAsk: (question, token) => answered(shown.get(panel)?.filter, question, token),
      onGoTo: (path, span) => {
        attempt(async () => shown.get(panel)?.filter?.goTo(path, span));
      },
      onOpenRun: (id) => {
        attempt(async () => {
          const folder = shown.get(panel)?.folder;
          if (folder !== undefined) await putKept(() => quiet(panel), { folder, record: await history.read(folder, id) });
        });
      },
      onPinRun: (id, pinned) => {
        attempt(async () => {
          const folder = shown.get(panel)?.folder;
          if (folder !== undefined) await history.pin(folder, id, pinned);
        });
      },
      onCompareRuns: (before, after) => {
        attempt(async () => {
          const { folder, about } = shown.get(panel) ?? {};
          if (folder === undefined) return;
          const comparison = await history.compare(folder, before, after);
          await putComparison(() => quiet(panel), { heading: `Comparison of ${about?.subject ?? 'runs'}`, folder, comparison }, about);
        });
      },
      onFault: fault,
    });
    panels.add(panel);
    return panel;
  };
  /** The panel to show something in: one that nobody pinned, and for what is only looked at one that is not at work. */
  const open = (fits: (panel: Panel) => boolean): Panel => {
    const free = [...panels].find((panel) => !panel.pinned && fits(panel));
    free?.reveal();
    return free ?? create();
  };
  const idle = (): Panel => open((panel) => !panel.busy);
  /** What is only looked at ends no run. */
  const quiet = (panel: Panel): Panel => (panel.busy ? idle() : panel);

  context.subscriptions.push(
    runs.onFinished((finished) => {
      if (!hasCollected(finished)) return;
      for (const panel of panels) if (shown.get(panel)?.folder === finished.folder) panel.outdate();
    }),
    history.onChange(() => {
      for (const panel of panels) refreshLater(panel);
    }),
    {
      dispose: () => {
        for (const panel of panels) panel.close();
      },
    },
  );
  return {
    show: async (viewed) => {
      const { filter } = viewed;
      // What is only looked at takes nothing away from rows that are there already.
      if (filter?.waits === true && filter.opens !== undefined) {
        const { opens } = filter;
        const same = [...panels].find((panel) => isSame(shown.get(panel), viewed) && !panel.busy && panel.openTab(opens));
        if (same !== undefined) {
          same.reveal();
          return;
        }
      }
      await run(
        open(() => true),
        viewed,
      );
    },
    showKept: (kept) => putKept(idle, kept),
    showComparison: (compared) => putComparison(idle, compared),
  };
}
