import type { System } from '../system/system.ts';
import type { Name, Problem, Span } from '../text/problem.ts';
import { chooseFile, sourceOf } from './choose-file.ts';
import type { DataFolder } from './data-folder.ts';
import { filePath, shapeOf } from './files-connector.ts';
import { formatOf, type FilesSource } from './source.ts';
import type { TableShape } from './shape.ts';

/** What is wrong between a system and the files it reads, as far as they can be seen. Data change: most of it is a warning. */
export function checkData(system: System, source: FilesSource, folder: DataFolder): readonly Problem[] {
  const path = source.folder.text;
  if (folder.state === 'unknown') return [];
  if (folder.state !== 'read') {
    const why = folder.state === 'missing' ? 'is not there' : 'cannot be read';
    const message = `The folder ${path} ${why}, so its columns are not known and nothing can be collected. Check the path.`;
    return [warning('files-missing', message, source.folder.span)];
  }
  return system.tables.flatMap(({ name }) => checkTable(system, source, folder, name));
}

function checkTable(system: System, source: FilesSource, folder: DataFolder, { text: table, span }: Name): readonly Problem[] {
  const own = sourceOf(source, table);
  const choice = chooseFile(source, table, [...folder.files.keys()]);
  if (choice.kind === 'several') {
    const message = `The table "${table}" could be read from ${choice.files.join(' or ')}. Say which under files.tables.${table}.file.`;
    return [{ code: 'files-ambiguous', severity: 'error', message, span }];
  }
  // A table without a file of its own is a name like others: whoever looks it up says so.
  if (choice.kind === 'none') {
    const message = `No file of ${source.folder.text} fits "${own?.file?.text ?? ''}", so nothing can be collected for "${table}".`;
    return own?.file ? [warning('files-missing', message, own.file.span)] : [];
  }
  const file = folder.files.get(choice.file);
  if (!file?.head) {
    const message = `${filePath(source, choice.file)} cannot be read: ${file?.unreadable ?? 'its beginning is not known'}. The columns of "${table}" are not known.`;
    return file?.unreadable === undefined ? [] : [warning('files-missing', message, span)];
  }
  const shape = shapeOf(file, system, source, table);
  const path = filePath(source, choice.file);
  if (!shape) return [warning('files-missing', `${path} is empty: there is no header to name columns by.`, span)];
  return fromShape(shape, source, table, path, span);
}

function fromShape(shape: TableShape, source: FilesSource, table: string, path: string, span: Span): readonly Problem[] {
  const own = sourceOf(source, table);
  const format = formatOf(source, own);
  const spans = { encoding: format.encoding?.span, delimiter: format.delimiter?.span, names: own?.namesSpan };
  return [
    ...shape.disagreements.map(({ about, message }) =>
      warning('files-contradiction', `${path} ${message}. Mend the setting, or leave it out.`, spans[about] ?? span),
    ),
    ...shape.oddities.map((oddity) => warning('files-header', `${path}: ${oddity}.`, span)),
  ];
}

function warning(code: string, message: string, span: Span): Problem {
  return { code, severity: 'warning', message, span };
}
