import { describeCode, type ProblemCode } from './problem-code.ts';

/** What keeps a file from being read, or its problems from being seen. These are always shown. */
export const readingCodes: readonly ProblemCode[] = [
  /**
   * The text is not JSON. Connectors are strict JSON, without comments and without a comma after the last entry, because NIM reads them; our
   * own files may hold both.
   *
   * Why: NIM does not load the file. Nothing else in it is checked, since a half-read file would make wrong findings.
   *
   * Example: `"key": "id",` before a closing brace.
   */
  describeCode('not-json', 'error', 'reading'),
  /**
   * The file is not UTF-8 text.
   *
   * Why: names with letters beyond ASCII would be read wrongly, or the file is no text at all.
   *
   * Example: a connector saved as Windows-1252. Save it as UTF-8.
   */
  describeCode('not-text', 'error', 'reading'),
  /**
   * Something is nested deeper than any file or filter needs: more than 200 levels of JSON, or brackets and operators of a filter beyond
   * their bound.
   *
   * Why: such a text is not written by a person; it is refused before it costs time and memory.
   *
   * Example: a file that begins with 300 opening brackets.
   */
  describeCode('too-deep', 'error', 'reading'),
  /**
   * A file has more than 1,000 problems. The editor shows the worst of them, and of the same severity the first in the file; this one is as severe as
   * the worst. `sollist check` lists them all.
   *
   * Why: an editor becomes slow with a hundred thousand of them, and what is not shown must not look as if it were in order.
   *
   * Example: a lookup table of 100,000 rows with a comma too many in each.
   */
  describeCode('more-problems', 'error', 'reading'),
];
