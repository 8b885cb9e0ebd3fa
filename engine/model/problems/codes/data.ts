import { describeCode, type ProblemCode } from './problem-code.ts';

/** Systems that are folders of files. */
export const dataCodes: readonly ProblemCode[] = [
  /**
   * A system says neither or both of `connector` and `files`; or something is given to a folder of files that only a connector can have: connection
   * values, allowed hosts, an overlay.
   *
   * Why: it is not certain where its data come from, or what was written does nothing.
   *
   * Example: `{ "tables": { … } }` without `connector` and without `files`.
   */
  describeCode('system-source', 'error', 'shape'),
  /**
   * A folder leads out of the workspace by `..`, or a path stands where a file's name is expected.
   *
   * Why: a workspace that is moved or cloned would read other files. A folder elsewhere is named by its whole path.
   *
   * Example: `"folder": "../exports"`.
   */
  describeCode('files-outside', 'error', 'names'),
  /**
   * The folder of a system, or the file of one of its tables, is not there, cannot be read or is empty.
   *
   * Why: nothing can be collected, and the columns are not known. It is a warning, because exports come and go.
   *
   * Example: `"folder": "data/payrol"` for the folder `data/payroll`.
   */
  describeCode('files-missing', 'warning', 'names'),
  /**
   * Two files of the folder could be the same table.
   *
   * Why: it would be chance which of them is collected.
   *
   * Example: `persons.csv` and `persons.txt`. Say which under `files.tables.persons.file`.
   */
  describeCode('files-ambiguous', 'error', 'names'),
  /**
   * The first line of a file leaves a column without a name, or gives two columns the same; the case of ASCII letters does not count.
   *
   * Why: such columns are named by their place or with a number, and get other names once the file has other columns.
   *
   * Example: `id;name;;Name`, which is read as `id`, `name`, `column3` and `Name_2`.
   */
  describeCode('files-header', 'warning', 'shape'),
  /**
   * What a system says about its files is not what they are.
   *
   * Why: letters or whole columns would be read wrongly.
   *
   * Example: `"encoding": "utf-8"` for a file saved as Windows-1252, or `"delimiter": ","` where every line is divided by `;`.
   */
  describeCode('files-contradiction', 'warning', 'shape'),
  /**
   * A mapping or a role names a system that is a folder of files as the one to write to.
   *
   * Why: files are only read.
   *
   * Example: `"target": { "system": "payroll", … }` where `systems/payroll.json` has `files`.
   */
  describeCode('files-read-only', 'error', 'names'),
];
