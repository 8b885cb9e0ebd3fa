import { describeCode, type ProblemCode } from './problem-code.ts';

/** What does not fit the schema of its file kind. */
export const shapeCodes: readonly ProblemCode[] = [
  /**
   * A value is of another type than its property takes.
   *
   * Why: the value is refused or passed over.
   *
   * Example: `"key": true`, where a text is expected.
   */
  describeCode('wrong-type', 'error', 'shape'),
  /**
   * A value is none of those its property may have.
   *
   * Why: the value is refused or passed over.
   *
   * Example: `"method": "fetch"` instead of `get`.
   */
  describeCode('unknown-value', 'error', 'shape'),
  /**
   * In one of our own files: a property that means nothing in this place.
   *
   * Why: it would be passed over, and what it was meant to say would be missing.
   *
   * Example: `"comparekey"` in a mapping instead of `compareKey`.
   */
  describeCode('unknown-property', 'error', 'shape'),
  /**
   * A property that must be there is missing. It is an error where nothing works without it, else a warning.
   *
   * Why: the file, or the part of it, cannot be used as it is.
   *
   * Example: a system without `connector`.
   */
  describeCode('missing-property', 'error', 'shape'),
  /**
   * An array that describes its elements by its first entry has more entries.
   *
   * Why: the others do nothing.
   *
   * Example: `"emails": [{ "value": "string" }, { "type": "string" }]` instead of one entry with both.
   */
  describeCode('extra-elements', 'warning', 'shape'),
  /**
   * An object that is of use only with something in it is empty.
   *
   * Why: it does nothing, and looks as if it did.
   *
   * Example: `"query": {}`.
   */
  describeCode('empty-object', 'warning', 'shape'),
  /**
   * A value has the right type but not a form its property takes: it is empty, out of range, named twice, or of none of the forms there are.
   *
   * Why: the value is refused or passed over.
   *
   * Example: `"percent": 120` in a guard.
   */
  describeCode('wrong-value', 'error', 'shape'),
  /**
   * A system has a name that the vault's database keeps for itself.
   *
   * Why: tables are named after their system, so none could be made.
   *
   * Example: `systems/sqlite_hr.json`. Rename the file.
   */
  describeCode('reserved-name', 'error', 'shape'),
  /**
   * On the command line: a file that was named is no connector and lies in no workspace that would say what else it is.
   *
   * Why: nothing of it could be checked, and silence would look like praise.
   *
   * Example: `sollist check package.json`.
   */
  describeCode('unknown-kind', 'warning', 'shape'),
];
