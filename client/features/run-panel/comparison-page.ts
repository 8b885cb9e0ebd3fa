import { basename } from 'node:path';
import type { ViewedComparison } from '../../infrastructure/run-view.ts';
import type { Content } from './panel.ts';

/** The page of a comparison: it is made now, of what was then. */
export function comparisonPage({ heading, folder, comparison }: ViewedComparison): Content {
  const now = Date.now();
  return { heading, workspace: basename(folder), startedAt: now, endedAt: now, body: { kind: 'comparison', comparison } };
}
