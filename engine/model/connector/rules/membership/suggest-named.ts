import { suggestion } from '../rule.ts';

/** ` Did you mean "x"?`, and where nothing but case differs, that case counts. */
export function suggestNamed(written: string, meant: string | undefined): string {
  const onlyCase = meant !== undefined && meant !== written && meant.toLowerCase() === written.toLowerCase();
  return suggestion(meant) + (onlyCase ? ' The names differ only in case, and case counts.' : '');
}
