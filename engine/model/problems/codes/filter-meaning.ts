import { describeCode, type ProblemCode } from './problem-code.ts';

/** What a filter means: its tables, joins, groups and types. */
export const filterMeaningCodes: readonly ProblemCode[] = [
  /**
   * Two tables of a filter have the same name or alias.
   *
   * Why: it would not be certain which of them a column belongs to.
   *
   * Example: `from hr.persons join hr.persons`. Write `as` and another name.
   */
  describeCode('duplicate-alias', 'error', 'filters'),
  /**
   * A column is named without its table, and more than one table has a column of that name.
   *
   * Why: it would not be certain which one is meant.
   *
   * Example: `select name` from `persons as p` and `departments as d`. Write `p.name`.
   */
  describeCode('ambiguous-name', 'error', 'filters'),
  /**
   * Two columns of the output have the same name.
   *
   * Why: a mapping could not say which of them it takes.
   *
   * Example: `select p.id, u.id`. Write `u.id as u_id`.
   */
  describeCode('duplicate-output-name', 'error', 'filters'),
  /**
   * Two lookups of a filter have the same name.
   *
   * Why: `Filter[lookup]` would not say which of them is meant.
   *
   * Example: `lookup known …` twice.
   */
  describeCode('duplicate-lookup', 'error', 'filters'),
  /**
   * A name that the vault's database cannot hold: one with a null or a broken character, or one that begins with `sollist:`.
   *
   * Why: the database would refuse the query, or take the name for one of ours.
   *
   * Example: `select p.id as "sollist:id"`.
   */
  describeCode('unusable-name', 'error', 'filters'),
  /**
   * All columns of a table are asked for, and it is not known which there are.
   *
   * Why: what the output holds would not be certain.
   *
   * Example: `select *` from a table whose connector names no resources. Name the columns.
   */
  describeCode('unknown-columns', 'error', 'filters'),
  /**
   * A join without `on`, and the data model has no relation between its tables; or a tree is asked for where there is none.
   *
   * Why: it is not known which rows belong together.
   *
   * Example: `from hr.persons as p join directory.groups as g`. Write `on`, or add the relation to the system or to `relations.json`.
   */
  describeCode('no-relation', 'error', 'filters'),
  /**
   * A join without `on`, and the data model has more than one relation between its tables.
   *
   * Why: it is not known which of them is meant. The quick fixes write each of them out.
   *
   * Example: persons who refer to departments by `departmentId` and by `costCentre`.
   */
  describeCode('several-relations', 'error', 'filters'),
  /**
   * A column of an anti-joined table is named outside its join.
   *
   * Why: the rows are those without it, so it has no value.
   *
   * Example: `anti join directory.users as u` and `select u.id`.
   */
  describeCode('anti-join-column', 'error', 'filters'),
  /**
   * A condition drops the rows that a left join was written to keep.
   *
   * Why: the left join does what a plain join does, and rows are missing that were meant to be there.
   *
   * Example: `left join directory.users as u where u.active = true`. Put the condition into the `on` of the join.
   */
  describeCode('left-join-undone', 'warning', 'filters'),
  /**
   * A join goes from a key to a column that refers to it, so one row may meet several.
   *
   * Why: rows then occur several times in the output, which is easily overlooked.
   *
   * Example: `from hr.departments as d join hr.persons as p`.
   */
  describeCode('join-multiplies', 'info', 'filters'),
  /**
   * A column is shown that may differ within a group of rows.
   *
   * Why: which of its values is shown would be chance.
   *
   * Example: `select departmentId, name, count(*) … group by departmentId`.
   */
  describeCode('not-grouped', 'error', 'filters'),
  /**
   * `having` without `group by` and without an aggregate.
   *
   * Why: it is a condition on groups, and there are none.
   *
   * Example: `having p.status = 'active'`. Write `where`.
   */
  describeCode('having-without-groups', 'error', 'filters'),
  /**
   * An aggregate stands where rows are not grouped yet, or inside another aggregate.
   *
   * Why: it counts over groups, which are made later.
   *
   * Example: `where count(*) > 1`. Write it into `having`.
   */
  describeCode('aggregate-misplaced', 'error', 'filters'),
  /**
   * A comparison with null.
   *
   * Why: it never holds, whatever the value.
   *
   * Example: `where p.end = null`. Write `is null`.
   */
  describeCode('null-comparison', 'warning', 'filters'),
  /**
   * Values of types that do not go together are compared, reckoned with or looked up in each other.
   *
   * Why: a value that is not of its column's type compares as null, so the condition would not hold; a lookup with `exclude` would keep everybody.
   *
   * Example: `p.startDate > 20260101`. A date is written `'2026-01-01'`.
   */
  describeCode('unlike-types', 'warning', 'filters'),
];
