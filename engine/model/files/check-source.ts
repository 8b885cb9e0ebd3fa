import { internalName, lookupFolder } from '../internal/internal-system.ts';
import { isDescribed } from '../system/described-connector.ts';
import { readDateFormat } from './date-format.ts';
import type { System } from '../system/system.ts';
import { childOf, propertiesOf, spanOf, type JsonNode } from '../text/json.ts';
import type { Problem, Span } from '../text/problem.ts';
import { folderPlace } from './data-folder.ts';
import type { ColumnSetting } from './source.ts';

/** What is wrong with where a system says its data come from, by its own text alone. */
export function checkSource(system: System, root: JsonNode | undefined): readonly Problem[] {
  if (root?.type !== 'object') return [];
  const nameOf = (property: string): Span | undefined => propertiesOf(root).find(({ name }) => name.text === property)?.name.span;
  const [connector, files] = [nameOf('connector'), nameOf('files')];
  if (system.name === internalName) {
    return ['connector', 'files', 'connection', 'allowedHosts'].flatMap((property): readonly Problem[] => {
      const span = nameOf(property);
      const message = `"${internalName}" is NIM's own system, whose tables lie in ${lookupFolder}/: it has no "${property}". Take it out, or give the file another name.`;
      return span ? [error('system-source', message, span)] : [];
    });
  }
  if (!connector && !files) {
    if (isDescribed(system)) return [];
    const message =
      'A system needs "connector", the name of a connector, or "files", a folder of CSV files; or its tables say their "fields", and nothing is collected.';
    return [error('system-source', message, { offset: spanOf(root).offset, length: 1 })];
  }
  if (connector && files) {
    const message = 'A system is a connector or a folder of files, not both. Take one of them out, or make two systems.';
    return [error('system-source', message, files), ...checkFiles(system)];
  }
  if (!files) return [];
  const useless = ['connection', 'allowedHosts'].flatMap((property) => {
    const span = childOf(root, property) && nameOf(property);
    return span ? [{ property, span }] : [];
  });
  return [
    ...useless.map(({ property, span }): Problem => ({
      code: 'system-source',
      severity: 'warning',
      message: `Files need no "${property}": nothing reads it here. Take it out.`,
      span,
    })),
    ...checkFiles(system),
  ];
}

function checkFiles({ files }: System): readonly Problem[] {
  if (!files) return [];
  const { folder, tables } = files;
  const problems: Problem[] = [];
  if (folderPlace(folder.text) === 'outside') {
    const message = `"${folder.text}" leads out of the workspace. Name a folder in it, or write the whole path of another one.`;
    problems.push(error('files-outside', message, folder.span));
  }
  for (const table of tables) {
    const { file } = table;
    if (file && /[\\/]/.test(file.text)) {
      const message = `"${file.text}" is no file of the folder: a file's name, or a pattern with * and ?, stands here. Its folder stands in "folder".`;
      problems.push(error('files-outside', message, file.span));
    }
    problems.push(...checkColumns(table.columns));
  }
  return problems;
}

/** Formats, separators and the like that do not go with the type of their column. */
export function checkColumns(columns: readonly ColumnSetting[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { type, format, separator, name, span } of columns) {
    if (format && type !== 'date' && type !== 'datetime') problems.push(error('wrong-value', `Only dates have a "format".`, format.span));
    else if (format && !readDateFormat(format.text, type === 'datetime' ? 'datetime' : 'date')) {
      const message = `"${format.text}" is no format of dates. It is made of yyyy, MM or M, dd or d, HH or H, mm, ss and SSS, as in dd-MM-yyyy.`;
      problems.push(error('wrong-value', message, format.span));
    }
    if (type === 'list' && (separator?.text ?? '') === '') {
      const message = `"${name.text}" is a list: say what stands between two values, as in { "type": "list", "separator": "|" }.`;
      problems.push(error('missing-property', message, span));
    }
  }
  return problems;
}

function error(code: string, message: string, span: Span): Problem {
  return { code, severity: 'error', message, span };
}
