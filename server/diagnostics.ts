import type { Diagnostic } from 'vscode-languageserver/node';
import { checkConnector } from '../engine/model/connector/check-connector.ts';
import { looksLikeConnector, readConnector } from '../engine/model/connector/read-connector.ts';
import { readFilter } from '../engine/model/filter/filter.ts';
import { parseJson } from '../engine/model/text/json.ts';
import type { Problem } from '../engine/model/text/problem.ts';
import { checkWorkspace } from '../engine/model/workspace/check-workspace.ts';
import { diagnosticsOf } from './convert.ts';
import type { Workspaces } from './workspaces.ts';

/** Says what is wrong, file by file; a file with nothing wrong is said so once. */
export interface Publisher {
  /** Checks everything a change of this document can touch. */
  check(uri: string, text: string, language: string): void;
  /** Checks a whole folder, after a change on the disk. */
  checkFolder(folder: string): void;
  /** A closed document outside any folder has no diagnostics any more. */
  closed(uri: string): void;
}

export function createPublisher(workspaces: Workspaces, send: (uri: string, diagnostics: Diagnostic[]) => void): Publisher {
  const sent = new Map<string, string>();
  const publish = (uri: string, diagnostics: Diagnostic[]): void => {
    const text = JSON.stringify(diagnostics);
    if ((sent.get(uri) ?? '[]') === text) return;
    sent.set(uri, text);
    send(uri, diagnostics);
  };
  const checkFolder = (folder: string): void => {
    const { files, workspace } = workspaces.view(folder);
    const byPath = new Map<string, Problem[]>([...files.keys()].map((path) => [path, []]));
    for (const problem of checkWorkspace(workspace)) byPath.get(problem.path)?.push(problem);
    const related = { uriOf: (path: string) => workspaces.uriOf(folder, path), textOf: (path: string) => files.get(path) };
    for (const [path, problems] of byPath) publish(workspaces.uriOf(folder, path), diagnosticsOf(files.get(path) ?? '', problems, related));
    for (const uri of sent.keys()) {
      const place = workspaces.placeOf(uri);
      if (place?.folder === folder && !files.has(place.path)) publish(uri, []);
    }
  };
  return {
    checkFolder,
    check(uri, text, language) {
      const place = workspaces.placeOf(uri);
      if (place) checkFolder(place.folder);
      else publish(uri, diagnosticsOf(text, checkAlone(text, language), { uriOf: () => uri, textOf: () => text }));
    },
    closed(uri) {
      if (!workspaces.placeOf(uri)) publish(uri, []);
    },
  };
}

/** A document outside any folder: what its own text says. */
function checkAlone(text: string, language: string): readonly Problem[] {
  if (language === 'sollist-filter') return readFilter(text).problems;
  const document = parseJson(text, { strict: true });
  if (language !== 'sollist-connector' && !looksLikeConnector(document.root)) return [];
  return checkConnector(document, readConnector(document.root));
}
