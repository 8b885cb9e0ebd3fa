import { describeCode, type ProblemCode } from './problem-code.ts';

/** What is odd about `sollist.json`. */
export const settingsCodes: readonly ProblemCode[] = [
  /**
   * `problems` in `sollist.json` names a code that no problem has.
   *
   * Why: the line does nothing.
   *
   * Example: `"severities": { "plain-htp": "off" }`.
   */
  describeCode('unknown-code', 'hint', 'settings'),
  /**
   * A suppression in `sollist.json` that suppresses nothing. It is said only while what it is about can be read whole.
   *
   * Why: the finding it was written for is gone. Left where it is, it may one day hide another.
   *
   * Example: an entry for `/rest/config/baseUrl` after the address there was mended.
   */
  describeCode('unused-suppression', 'hint', 'settings'),
  /**
   * `problems` in `sollist.json` names a code that is always shown.
   *
   * Why: a file that cannot be read is not checked at all, and silence would look as if it were in order.
   *
   * Example: `"severities": { "not-json": "off" }`.
   */
  describeCode('cannot-suppress', 'hint', 'settings'),
  /**
   * `timeZone` in `sollist.json` is not the name of a time zone.
   *
   * Why: it would not be certain which day a point in time is on, so nothing runs.
   *
   * Example: `"timeZone": "CET+1"`. Write `"Europe/Amsterdam"`.
   */
  describeCode('unknown-time-zone', 'error', 'settings'),
];
