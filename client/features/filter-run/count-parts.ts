import { join } from 'node:path';
import { Uri, workspace, type CancellationToken } from 'vscode';
import type { WhyEmpty } from '../../webviews/run/filter/questions.ts';
import type { AskedFilter } from './answers.ts';

type Counted = Pick<WhyEmpty, 'parts' | 'hazards'>;

const nothing: Counted = { parts: [], hazards: [] };

/** The rows that are left after each part of a filter, and what is odd about its data; nothing where it cannot be counted: that no row is left is known without. */
export async function countParts({ runs, folder, filter, parameters, path }: AskedFilter, token: CancellationToken): Promise<Counted> {
  if (path === undefined) return nothing;
  try {
    const name = filter.replace(/\[[^\]]*\]$/, '');
    const { steps, hazards } = await runs.run('filterInsight', { filter: name, parameters }, { folder, secrets: [], token });
    const document = await workspace.openTextDocument(Uri.file(join(folder, path)));
    const text = document.getText();
    const placed = (
      span: (typeof steps)[number]['span'],
    ): { readonly text: string; readonly path: string; readonly span: typeof span } => ({
      text: text.slice(span.offset, span.offset + span.length),
      path,
      span,
    });
    return {
      // What the filter gives in the end stands at its beginning.
      parts: steps
        .filter(({ kind }) => kind !== 'result' && kind !== 'lookup')
        .map(({ span, rows, more }) => ({ ...placed(span), rows, ...(more && { more }) })),
      hazards: hazards.map(({ message, span }) => ({ ...placed(span), message })),
    };
  } catch {
    return nothing;
  }
}
