import { basename } from 'node:path';
import { Range, TestTag, Uri, workspace, type TestController, type TestItem, type TestItemCollection } from 'vscode';
import { expectationsMethod, type ExpectationsListed, type ExpectationsParameters } from '../../../engine/host/protocol.ts';
import type { Place } from '../../../engine/model/text/place.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import { isTrusted } from '../../infrastructure/trust.ts';
import { folderOf, relativePath } from '../../infrastructure/workspace.ts';
import { createAskAgain, type Asked } from './ask-again.ts';

/** Tests that may ask the system itself; in an untrusted workspace there are none. */
export const liveTag = new TestTag('live');

/** A file of expectations. */
export interface TestFile {
  readonly folder: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly system: string;
}

/** What a test stands for. */
export type Meaning =
  | ({ readonly kind: 'file' } & TestFile)
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'expectation'; readonly table: string; readonly id: string };

/** The tests of the Test Explorer: system → table → expectation. Systems are found by their files, the rest is read when it is wanted. */
export interface TestTree {
  meaningOf(item: TestItem): Meaning | undefined;
  /** Finds the files, or reads what one of them expects, saved or not. */
  resolve(item?: TestItem): Promise<void>;
  /** A file changed, came or went. */
  touched(uri: Uri): Promise<void>;
  /** Its document was closed. */
  closed(uri: Uri): void;
  /** Whether tests may run live has changed. */
  retag(): void;
}

/** More files than this are no author's. */
const mostFiles = 200;

/** How often the server is asked for a file that is on the disk and that it has not heard of, and the milliseconds between. */
const mostAttempts = 20;
const pause = 300;

export function createTestTree(controller: TestController, server: Pick<Server, 'request'>): TestTree {
  const meanings = new WeakMap<TestItem, Meaning>();

  const rootFor = (uri: Uri): TestItem | undefined => {
    const known = controller.items.get(uri.toString());
    if (known) return known;
    const file = testFileOf(uri);
    if (!file) return undefined;
    const item = controller.createTestItem(uri.toString(), file.system, uri);
    item.canResolveChildren = true;
    item.tags = tags();
    if ((workspace.workspaceFolders ?? []).length > 1) item.description = basename(file.folder);
    meanings.set(item, { kind: 'file', ...file });
    controller.items.add(item);
    return item;
  };

  /** Keeps the items that are there, so that their results stay. */
  const update = (
    into: TestItemCollection,
    wanted: readonly { id: string; label: string; place: Place; uri: Uri; meaning: Meaning }[],
  ): readonly TestItem[] => {
    const items = wanted.map(({ id, label, place, uri, meaning }) => {
      const item = into.get(id) ?? controller.createTestItem(id, label, uri);
      item.label = label;
      item.range = rangeOf(place);
      item.tags = tags();
      meanings.set(item, meaning);
      return item;
    });
    into.replace(items);
    return items;
  };

  const read = async (item: TestItem, { folder, path }: TestFile): Promise<void> => {
    const { uri } = item;
    if (!uri) return;
    item.busy = true;
    try {
      const parameters: ExpectationsParameters = { folder, path };
      const listed = await server.request<ExpectationsListed | null>(expectationsMethod, parameters);
      if (listed === null) {
        controller.items.delete(item.id);
        return;
      }
      const tables = update(
        item.children,
        listed.tables.map(({ table, place }) => ({ id: table, label: table, place, uri, meaning: { kind: 'table' as const, table } })),
      );
      for (const [index, { table, expectations }] of listed.tables.entries()) {
        const parent = tables[index];
        if (!parent) continue;
        update(
          parent.children,
          expectations.map(({ id, title, place }, order) => ({
            id,
            label: title,
            place,
            uri,
            order,
            meaning: { kind: 'expectation' as const, table, id },
          })),
        );
        for (const [order, { id }] of expectations.entries()) {
          const child = parent.children.get(id);
          // In the order of the file, not of the letters.
          if (child) child.sortText = String(order).padStart(5, '0');
        }
        parent.sortText = String(index).padStart(5, '0');
      }
    } finally {
      item.busy = false;
    }
  };

  const resolve = async (item?: TestItem): Promise<void> => {
    if (item) {
      const meaning = meanings.get(item);
      if (meaning?.kind === 'file') await read(item, meaning);
      return;
    }
    const files = await workspace.findFiles('**/expectations/*.json', '**/{node_modules,.git,.sollist,dist}/**', mostFiles);
    const found = new Set(files.flatMap((uri) => rootFor(uri)?.id ?? []));
    controller.items.forEach(({ id }) => {
      if (!found.has(id) && !isUnsaved(id)) controller.items.delete(id);
    });
  };

  const ask = async (address: string): Promise<Asked> => {
    const uri = Uri.parse(address);
    // What the server knows may be older than that the file is gone.
    const isThere = isUnsaved(address) || (await exists(uri));
    const item = isThere ? rootFor(uri) : undefined;
    if (!item) {
      controller.items.delete(address);
      return 'gone';
    }
    await resolve(item);
    // It may also be older than that the file came.
    return controller.items.get(item.id) ? 'known' : 'unknown';
  };
  const again = createAskAgain(ask, { attempts: mostAttempts, pause: () => new Promise((done) => setTimeout(done, pause)) });

  return {
    meaningOf: (item) => meanings.get(item),
    resolve,
    touched: (uri) => again.touched(uri.toString()),
    closed: (uri) => {
      again.closed(uri.toString());
    },
    retag() {
      const visit = (items: TestItemCollection): void => {
        items.forEach((item) => {
          item.tags = tags();
          visit(item.children);
        });
      };
      visit(controller.items);
    },
  };
}

function tags(): TestTag[] {
  return isTrusted() ? [liveTag] : [];
}

/** What stands at `expectations/<system>.json` of a Sollist folder; undefined anywhere else. */
export function testFileOf(uri: Uri): TestFile | undefined {
  if (uri.scheme !== 'file') return undefined;
  const folder = folderOf(uri.fsPath);
  const path = folder === undefined ? '' : relativePath(folder, uri.fsPath);
  const system = /^expectations\/([^/]+)\.json$/.exec(path)?.[1];
  return folder === undefined || system === undefined ? undefined : { folder, path, system };
}

function isUnsaved(uri: string): boolean {
  return workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri);
}

function exists(uri: Uri): Thenable<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Places count from 1, ranges from 0. */
export function rangeOf({ line, column, endLine, endColumn }: Place): Range {
  return new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
