import { commands, window, type ExtensionContext } from 'vscode';
import type { RunView, ViewedRun } from '../../infrastructure/run-view.ts';
import type { Log } from '../../infrastructure/log.ts';
import { createPanel, type Panel } from './panel.ts';
import { executeRun } from './execute.ts';

/** The run panel: one, reused by every run, unless a person pinned it; then the next run opens another. */
export function activateRunPanelFeature(context: ExtensionContext, log: Log): RunView {
  const panels = new Set<Panel>();
  const open = (): Panel => {
    const free = [...panels].find((panel) => !panel.pinned);
    if (free !== undefined) {
      free.reveal();
      return free;
    }
    const panel = createPanel(context, {
      onClosed: () => panels.delete(panel),
      onOffer: (offer) => {
        void (async () => {
          const mended = await commands.executeCommand(offer.command, ...offer.arguments);
          if (offer.thenAgain === true && mended === true) again(panel);
        })();
      },
      onAgain: () => {
        again(panel);
      },
      onFault: (message) => {
        log.error(`run panel: ${message}`);
        void window.showErrorMessage(message);
      },
    });
    panels.add(panel);
    return panel;
  };
  const runs = new WeakMap<Panel, ViewedRun>();
  /** *Run again* keeps to its panel, pinned or not. The panel shows what failed, so nothing is thrown on. */
  const again = (panel: Panel): void => {
    const run = runs.get(panel);
    if (run !== undefined)
      void executeRun(panel, run).catch((error: unknown) => {
        log.warn(`${run.heading}: ${String(error)}`);
      });
  };
  context.subscriptions.push({
    dispose: () => {
      for (const panel of panels) panel.close();
    },
  });
  return {
    show: async (run) => {
      const panel = open();
      runs.set(panel, run);
      await executeRun(panel, run);
    },
  };
}
