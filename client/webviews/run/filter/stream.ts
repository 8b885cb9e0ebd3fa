import type { RowsChunk } from '../../../../engine/host/protocol.ts';
import { element } from '../dom.ts';
import type { Part } from '../part.ts';
import { createFilterRows, type FilterRows } from './rows.ts';

/** Rows of a run under way, shown as they come. */
export interface Stream extends Part {
  readonly rows: FilterRows | undefined;
  append(chunk: RowsChunk): void;
  /** The rows belong to another part now, which disposes of them. */
  release(): void;
}

export function createStream(name: string): Stream {
  const node = element('div', { class: 'stream' });
  let rows: FilterRows | undefined;
  let isReleased = false;
  return {
    node,
    get rows() {
      return rows;
    },
    append: (chunk) => {
      if (rows !== undefined) {
        rows.append(chunk);
        return;
      }
      if (chunk.rows.length === 0) return;
      rows = createFilterRows({ name, columns: chunk.columns, rows: chunk.rows, total: 0 }, false);
      node.append(rows.browser.node);
      rows.browser.mount?.();
    },
    release: () => {
      isReleased = true;
    },
    dispose: () => {
      if (!isReleased) rows?.browser.dispose?.();
    },
  };
}
