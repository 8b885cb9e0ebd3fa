import type { Problem } from './problem.ts';

/** Where a file of another kind gives itself away at the latest. */
const looked = 4096;

/** The one problem of a file that is no UTF-8 text, such as UTF-16 or a picture: read as UTF-8 it would have hundreds. */
export function notText(text: string): Problem | undefined {
  const offset = text.slice(0, looked).search(/[\0\uFFFD]/);
  if (offset < 0) return undefined;
  return { code: 'not-text', severity: 'error', message: 'This file is not UTF-8 text. Save it as UTF-8.', span: { offset, length: 1 } };
}
