import { describeCode, type ProblemCode } from './problem-code.ts';

/**
 * What the collected data make of a filter. These are found in the editor alone, where there is a vault: what they say may be another thing
 * tomorrow, so nothing rests on them.
 */
export const filterHazardCodes: readonly ProblemCode[] = [
  /**
   * Rows occur several times after a join, in the data as they were collected. Where the data model expects it, this is information. That one row is
   * linked to several is expected of a link table; that the same link is there twice is not.
   *
   * Why: a key that should be there once is there several times, and whoever counts or maps the rows meets one person several times.
   *
   * Example: two accounts with the `employeeNumber` `'1001'` in `join directory.users as u`.
   */
  describeCode('hazard-multiplied', 'warning', 'filters'),
  /**
   * Rows are dropped because a value is missing: a comparison with null is neither true nor false. It is a warning where the condition denies
   * something, and information for comparisons of size that drop at least one row in twenty. Under an `or` a comparison counts for the rows that it
   * alone could have kept; in an anti join for those that seem to have no other because of it.
   *
   * Why: who writes `<> 'external'` thinks of everybody else, those without a value included.
   *
   * Example: `where p.contract <> 'external'`. Write `(p.contract <> 'external' or p.contract is null)` if they are meant.
   */
  describeCode('hazard-null-dropped', 'warning', 'filters'),
  /**
   * Values that a join compares, or a lookup looks for, are the same but for case or the blanks around them. Of a join with `via` both keys of the link
   * table are compared.
   *
   * Why: somebody seems to have no account who has one; created again, it would be there twice.
   *
   * Example: `'Ann@school.example'` and `'ann@school.example'`. Mend the data, or write `collate nocase`. With `via`, which compares exactly, join the link table itself.
   */
  describeCode('hazard-nearly-equal', 'warning', 'filters'),
  /**
   * No row meets a condition on a parameter with the value it has when nobody gives another.
   *
   * Why: whoever runs the filter without choosing gets nothing, and does not know whether that is true.
   *
   * Example: `parameter department text default 'ITT'`, where departments are called `'IT'`.
   */
  describeCode('hazard-parameter-nothing', 'warning', 'filters'),
  /**
   * No row is left after a join or a condition, though there were some before it.
   *
   * Why: most often a value is written in another way than the data have it, or two conditions exclude each other.
   *
   * Example: `where p.status = 'Active'`, where the data have `'active'`.
   */
  describeCode('hazard-no-rows', 'warning', 'filters'),
  /**
   * A left join that matches nothing. With `via` it says which side of the link table leads nowhere, and when its columns are the wrong way round.
   *
   * Why: all columns of its table are null, so that the join does nothing, or everybody seems to lack what is there.
   *
   * Example: `left join directory.users as u on u.mail = p.employeeNumber`.
   */
  describeCode('hazard-join-nothing', 'warning', 'filters'),
  /**
   * A column that a condition looks at holds values that are not of its type. Where they are fewer than one in a thousand, it is information.
   *
   * Why: such values count as null, so the condition does not hold for them.
   *
   * Example: `p.level > 3`, where some levels are `'n/a'`.
   */
  describeCode('hazard-unlike-value', 'warning', 'filters'),
  /**
   * A column of an appended filter has the name, but not the type, of the column it is put under.
   *
   * Why: the values of one column could not be compared or sorted with each other.
   *
   * Example: `level` is a number here and a text in the filter after `append`. Write `cast(… as number)` there.
   */
  describeCode('hazard-append-types', 'warning', 'filters'),
  /**
   * A column of an appended filter has no value in any of its rows.
   *
   * Why: it lines up by name alone; most often another column is meant.
   *
   * Example: `mail` of `append Guests`, whose guests all have `privateMail`.
   */
  describeCode('hazard-append-null', 'info', 'filters'),
];
