import type { Workspace } from '../workspace/workspace.ts';
import { decodeHead } from './encoding.ts';
import { filePath } from './files-connector.ts';
import { chooseFile, sourceOf } from './choose-file.ts';
import { formatOf } from './source.ts';

/** The beginning of a data file as the model knows it, by the path that declarations in it have; places in it are places in this text. */
export function headText({ systems, data }: Pick<Workspace, 'systems' | 'data'>, path: string): string | undefined {
  for (const { model } of systems.values()) {
    const { files, tables } = model;
    const folder = files && data.get(files.folder.text);
    if (!files || !folder) continue;
    for (const { name } of tables) {
      const choice = chooseFile(files, name.text, [...folder.files.keys()]);
      const head = choice.kind === 'found' && filePath(files, choice.file) === path ? folder.files.get(choice.file)?.head : undefined;
      if (head) return decodeHead(head, formatOf(files, sourceOf(files, name.text)).encoding?.text).text;
    }
  }
  return undefined;
}
