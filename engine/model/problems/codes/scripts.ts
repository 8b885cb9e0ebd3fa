import { describeCode, type ProblemCode } from './problem-code.ts';

/** What a script column is written like, and what it may name. */
export const scriptCodes: readonly ProblemCode[] = [
  /**
   * The code of a script column or of a library is not JavaScript.
   *
   * Why: it cannot run, so the column has no values.
   *
   * Example: `return Users['mail'` without the closing bracket.
   */
  describeCode('script-syntax', 'error', 'filters'),
  /**
   * A script reads a column or a table that is not there. JavaScript tells upper and lower case apart.
   *
   * Why: it is always undefined, and nothing says so when the script runs.
   *
   * Example: `Users['Mail']` where the column is called `mail`.
   */
  describeCode('script-unknown-column', 'warning', 'filters'),
  /**
   * A script asks the vault for a system, a table or a column that is not there. JavaScript tells upper and lower case apart.
   *
   * Why: nobody can say whether such a row is there; taken for "no", it would have somebody created who is there already. The script fails instead.
   *
   * Example: `vaultObjectExists('AD', 'users', p.login)` where the table is called `Users`.
   */
  describeCode('script-unknown-table', 'error', 'filters'),
  /**
   * A script reads a name that is neither declared in it, nor a table, a library, a constant or a part of JavaScript.
   *
   * Why: the script ends with an error there; within `try` it goes on with what `catch` says, and nobody notices.
   *
   * Example: `const days = …; if (days == 15 || day == 7)`.
   */
  describeCode('script-unknown-name', 'warning', 'filters'),
  /**
   * A script reads a column of a left-joined table without asking whether the table has a row.
   *
   * Why: where it has none, the table is undefined, and the script ends with an error.
   *
   * Example: `return Users['mail']` below `left join directory.Users`. Write `Users?.['mail']`.
   */
  describeCode('script-unguarded', 'hint', 'filters'),
  /**
   * A script that returns nothing.
   *
   * Why: its column is empty in every row.
   *
   * Example: `Users['mail']` without `return`.
   */
  describeCode('script-no-return', 'warning', 'filters'),
  /**
   * The name of a file in `libraries/` cannot be that of a variable, or JavaScript has something of that name.
   *
   * Why: no script could use it.
   *
   * Example: `libraries/my-helpers.js`. Call it `libraries/MyHelpers.js`.
   */
  describeCode('library-name', 'error', 'filters'),
  /**
   * A script column of a table has the name of a column that is collected.
   *
   * Why: the table cannot hold both, so the script is not run.
   *
   * Example: `"scripts": { "mail": … }` where the connector collects `mail`.
   */
  describeCode('script-column-taken', 'error', 'filters'),
];
