import { describeCode, type ProblemCode } from './problem-code.ts';

/** How a filter is written: its words, its parameters and functions. */
export const filterLanguageCodes: readonly ProblemCode[] = [
  /**
   * A filter is not written as the language wants it: a word, a name or a bracket is missing, or stands where it does not belong.
   *
   * Why: what the filter means is not certain, so it does not run.
   *
   * Example: `select p.name where …` without `from`.
   */
  describeCode('syntax', 'error', 'filters'),
  /**
   * Something that the language has but this version does not run: `recursive` of more than a plain table.
   *
   * Why: leaving it out would show rows that were meant to be left out, or leave out others.
   *
   * Example: `join recursive (hr.departments as d join hr.persons as p)`. Join the tables one by one.
   */
  describeCode('filter-not-supported-yet', 'error', 'filters'),
  /**
   * A filter extends or appends another that has errors.
   *
   * Why: what its rows are is not certain.
   *
   * Example: `extends Staff` while `Staff.filter` names a table that is not there. Mend that one.
   */
  describeCode('filter-broken', 'error', 'filters'),
  /**
   * Filters extend or append each other in a circle, or more than 20 deep.
   *
   * Why: their rows would never come to an end.
   *
   * Example: `append Guests` in `Staff.filter`, and `append Staff` in `Guests.filter`.
   */
  describeCode('filter-cycle', 'error', 'filters'),
  /**
   * The columns of an appended filter and of this one have not the same names.
   *
   * Why: columns meet by their names; what the appended rows lack is null, and what they have beyond is left out.
   *
   * Example: `append Guests`, whose column is called `mail` where this filter says `email`. Write `as email` there.
   */
  describeCode('append-columns', 'warning', 'filters'),
  /**
   * A filter that appends others is sorted by something that is not in its output.
   *
   * Why: the appended rows do not have it.
   *
   * Example: `select p.id … append Guests order by p.lastName`. Add `p.lastName` to the columns, here and there.
   */
  describeCode('order-needs-output', 'error', 'filters'),
  /**
   * A script column in a filter whose rows are groups.
   *
   * Why: a script reads the columns of single rows, and a group has many.
   *
   * Example: `select count(*), script $$ … $$ as name … group by p.department`. Group in another filter.
   */
  describeCode('script-in-groups', 'error', 'filters'),
  /**
   * A script column without a type is used where true or false is expected.
   *
   * Why: without a type, true and false become the texts "true" and "false", and the condition holds for no row.
   *
   * Example: `script $$ return !p.mail $$ as bad … exclude when bad`. Write `script boolean $$ … $$ as bad`.
   */
  describeCode('script-needs-boolean', 'error', 'filters'),
  /**
   * A filter joins more tables, has more columns or is longer than the vault's database takes.
   *
   * Why: the database would refuse it.
   *
   * Example: `id in (…)` with 40,000 values. Put them into a table and join it.
   */
  describeCode('filter-too-large', 'error', 'filters'),
  /**
   * A number has more digits than can be kept exactly.
   *
   * Why: another number would be compared.
   *
   * Example: `where id = 12345678901234567890`. Write it as a text, in single quotes.
   */
  describeCode('number-too-large', 'error', 'filters'),
  /**
   * A parameter is declared twice; case does not count.
   *
   * Why: it would not be certain which of them counts.
   *
   * Example: `parameter day date` and `parameter Day text`.
   */
  describeCode('duplicate-parameter', 'error', 'filters'),
  /**
   * A value does not fit the type of its parameter.
   *
   * Why: it would be compared with something of another kind.
   *
   * Example: `parameter since date default 'last week'`. A date is written `'yyyy-mm-dd'`.
   */
  describeCode('value-type', 'error', 'filters'),
  /**
   * A filter reads a parameter that it does not declare.
   *
   * Why: it has no value.
   *
   * Example: `where d.name = @departement` below `parameter department text`.
   */
  describeCode('parameter-undeclared', 'error', 'filters'),
  /**
   * A parameter is declared and never read.
   *
   * Why: whoever gives it a value believes that it does something.
   *
   * Example: `parameter department text` in a filter without `@department`.
   */
  describeCode('parameter-unused', 'hint', 'filters'),
  /**
   * A filter and the one it extends or appends declare a parameter of one name with different types.
   *
   * Why: both read the same value, and one of them would take it for something that it is not: a text compared as a number meets no row.
   *
   * Example: `parameter level number` in a filter, and `parameter level text` in the one that it appends.
   */
  describeCode('parameter-clash', 'error', 'filters'),
  /**
   * The filter that is extended has a clause that keeps rows away, which is not taken over: `exclude when`, `distinct`, `group by`, `having`, `limit`.
   *
   * Why: tables, joins and conditions come from the parent; whoever takes it for the whole of it has rows that the parent leaves out.
   *
   * Example: `extends Staff`, where `Staff` ends with `exclude when onLeave`.
   */
  describeCode('extends-partly', 'info', 'filters'),
  /**
   * A filter and one that it appends declare a parameter of one name with different defaults.
   *
   * Why: the appended filter gets the value of the parameter here, so that its rows are others than when it is run alone.
   *
   * Example: `parameter city text default 'Utrecht'` here, and `default 'Delft'` in the appended filter.
   */
  describeCode('parameter-default', 'info', 'filters'),
  /**
   * When a filter is run: a parameter without a default was given no value.
   *
   * Why: the condition that reads it could not be decided.
   *
   * Example: `sollist filter Staff` without `--param department=IT`.
   */
  describeCode('parameter-missing', 'error', 'filters'),
  /**
   * When a filter is run: a value was given for a parameter it does not have.
   *
   * Why: the value does nothing, and the parameter that was meant has none.
   *
   * Example: `sollist filter Staff --param departement=IT`.
   */
  describeCode('unknown-parameter', 'error', 'filters'),
  /**
   * When a filter is run: it does not have the lookup that was named.
   *
   * Why: the rows would be others than meant.
   *
   * Example: `Staff[knwon]` where the lookup is called `known`.
   */
  describeCode('unknown-lookup', 'error', 'filters'),
  /**
   * In a filter: a type that the language does not have.
   *
   * Why: it is not known how the value is to be compared.
   *
   * Example: `parameter since timestamp` instead of `datetime`.
   */
  describeCode('unknown-type', 'error', 'filters'),
  /**
   * A function that filters do not have. Where another one does the same, the message names it.
   *
   * Why: it could not be worked out.
   *
   * Example: `len(p.name)` instead of `length(p.name)`.
   */
  describeCode('unknown-function', 'error', 'filters'),
  /**
   * A function is given too few or too many arguments, or `*` or `distinct` where it takes none.
   *
   * Why: it could not be worked out.
   *
   * Example: `coalesce()`.
   */
  describeCode('wrong-arguments', 'error', 'filters'),
  /**
   * A collation other than `nocase`.
   *
   * Why: it is not known how the texts are to be compared.
   *
   * Example: `p.name = 'x' collate binary`; without `collate` texts are compared exactly.
   */
  describeCode('unknown-collation', 'error', 'filters'),
];
