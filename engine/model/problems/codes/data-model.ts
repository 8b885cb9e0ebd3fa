import { describeCode, type ProblemCode } from './problem-code.ts';

/** Data models: lookup tables, keys and relations. */
export const dataModelCodes: readonly ProblemCode[] = [
  /**
   * A lookup names a column that its CSV file does not have, and that is not automatic.
   *
   * Why: the column is empty in every row, so conditions on it hold for none, or for all.
   *
   * Example: `"columns": { "Crate": "boolean" }` for a file with a column `Create`.
   */
  describeCode('lookup-column', 'warning', 'names'),
  /**
   * Rows of a lookup table have the same key.
   *
   * Why: a key tells rows apart; where it does not, a join gives rows several times.
   *
   * Example: `"key": "ID"` where two lines of the CSV file have `7` in the column `ID`.
   */
  describeCode('lookup-key-repeated', 'warning', 'shape'),
  /**
   * A row of `lookups/<Name>.csv` has more or fewer cells than the first line has columns, or a quote is never closed.
   *
   * Why: such rows are left out when the lookup is collected, a quote that is not closed takes all rows behind it with it, and the table is then not
   * complete.
   *
   * Example: `1,Smith, Ann` below `ID,Name`; it is `1,"Smith, Ann"`.
   */
  describeCode('lookup-rows', 'warning', 'shape'),
  /**
   * A file in `lookups/` is neither UTF-8 nor marked as anything else.
   *
   * Why: what its letters are is a guess, and a wrong one makes other names of them.
   *
   * Example: a file that a spreadsheet saved as "CSV" rather than "CSV UTF-8".
   */
  describeCode('lookup-encoding', 'info', 'shape'),
  /**
   * A value in the CSV file of a lookup table is not of the type that the lookup gives its column.
   *
   * Why: such a value stays text, and compares as if it was not there.
   *
   * Example: `"Create": "boolean"` and a line with `perhaps` in that column.
   */
  describeCode('lookup-value', 'warning', 'shape'),
  /**
   * Two tables of the internal system have names that differ only in the case of their letters.
   *
   * Why: the vault tells names apart without regard to case, and can keep one of them only.
   *
   * Example: `lookups/Users.csv` beside NIM's own table `users`.
   */
  describeCode('table-name-clash', 'error', 'names'),
  /**
   * A relation leads to a column that is neither the key of its table nor one of its reference keys.
   *
   * Why: values there may repeat, and then a relation gives several rows where one is meant; NIM takes keys and reference keys only.
   *
   * Example: `"relations": { "manager": "persons.mail" }` without `"references": ["mail"]` in `persons`.
   */
  describeCode('relation-to-plain-column', 'warning', 'names'),
  /**
   * A relation leads to a table that has no key.
   *
   * Why: it is not known which of its columns is meant.
   *
   * Example: `"relations": { "groupId": "groups" }` where neither the system nor the connector gives `groups` a key. Say `groups.id`, or give it a key.
   */
  describeCode('relation-without-key', 'error', 'names'),
  /**
   * The two sides of a relation hold values of unlike types.
   *
   * Why: a number never equals a text in the vault, so the relation finds nothing.
   *
   * Example: `"relations": { "departmentId": "departments" }` where `departmentId` is a text and the key of `departments` a number.
   */
  describeCode('relation-types-differ', 'warning', 'shape'),
  /**
   * The same relation is said twice; an inter-system relation has no direction, so it may be written the other way round.
   *
   * Why: a join without `on` would have two relations to choose from, though they are one.
   *
   * Example: `"left"` and `"right"` exchanged in a second entry of `relations.json`.
   */
  describeCode('duplicate-relation', 'warning', 'shape'),
  /**
   * An inter-system relation whose two sides are tables of one system.
   *
   * Why: between tables of one system a relation is a reference, which has a direction and belongs to the data model of the system.
   *
   * Example: `left` and `right` in `relations.json` that both say `"system": "hr"`. Write it under `relations` of the table in `systems/hr.json`.
   */
  describeCode('relation-within-system', 'warning', 'shape'),
  /**
   * A table of memberships that relates only one of its two sides.
   *
   * Why: a link table makes a many-to-many relation of two references; with one of them missing, `via` cannot go through it.
   *
   * Example: `"relations": { "groupId": "groups" }` in a table whose connector also names a member side.
   */
  describeCode('link-side-missing', 'hint', 'shape'),
  /**
   * The data model names a column that a collection leaves out: one that is not among `columns`, or that the connector does not select.
   *
   * Why: the vault has no values of it, so nothing is found by it.
   *
   * Example: `"display": "fullName"` beside `"columns": ["id", "mail"]`.
   */
  describeCode('column-not-collected', 'warning', 'names'),
];
