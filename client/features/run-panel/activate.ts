import { commands, window, type ExtensionContext } from 'vscode';
import type { RunView, ViewedRun } from '../../infrastructure/run-view.ts';
import { isCancellation } from '../../infrastructure/commands.ts';
import type { Log } from '../../infrastructure/log.ts';
import { hasCollected, type Runs } from '../../infrastructure/run.ts';
import { createPanel, type Panel } from './panel.ts';
import { executeRun } from './execute.ts';

/** The run panel: one, reused by every run, unless a person pinned it; then the next run opens another. */
export function activateRunPanelFeature(context: ExtensionContext, runs: Runs, log: Log): RunView {
  const panels = new Set<Panel>();
  const open = (): Panel => {
    const free = [...panels].find((panel) => !panel.pinned);
    if (free !== undefined) {
      free.reveal();
      return free;
    }
    // Beside the panels there are: their group is locked, and *beside* it would open a third one.
    const column = [...panels].at(-1)?.column;
    const panel = createPanel(context, column, {
      onClosed: () => panels.delete(panel),
      onOffer: (offer) => {
        void (async () => {
          const mended = await commands.executeCommand(offer.command, ...offer.arguments);
          if (offer.thenAgain === true && mended === true) await again(panel);
        })();
      },
      onAgain: () => {
        void again(panel);
      },
      onFault: (message) => {
        log.error(`run panel: ${message}`);
        void window.showErrorMessage(message);
      },
    });
    panels.add(panel);
    return panel;
  };
  const runOf = new WeakMap<Panel, ViewedRun>();
  /** *Run again* keeps to its panel, pinned or not. The panel shows what failed, so nothing is thrown on. */
  const again = async (panel: Panel): Promise<void> => {
    const run = runOf.get(panel);
    if (run === undefined) return;
    try {
      await executeRun(panel, run);
    } catch (error) {
      if (!isCancellation(error)) log.error(`${run.heading}: ${String(error)}`);
    }
  };
  context.subscriptions.push(
    runs.onFinished((finished) => {
      if (!hasCollected(finished)) return;
      for (const panel of panels) if (runOf.get(panel)?.folder === finished.folder) panel.outdate();
    }),
    {
      dispose: () => {
        for (const panel of panels) panel.close();
      },
    },
  );
  return {
    show: async (run) => {
      const panel = open();
      runOf.set(panel, run);
      await again(panel);
    },
  };
}
