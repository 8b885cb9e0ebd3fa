import type { Fix } from '../problem.ts';
import { replace, type Fault } from './fault.ts';

const soundEscape = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})$/;

/** Between the quotes: what may be wrong there, and sound escapes so that they are stepped over. */
const piece = /\\(?:u[\da-fA-F]{4}|\r\n|[^])|[\0-\x1f]/g;

/** A path on a drive: every backslash in it is one, also where it could be read as an escape. */
const drivePath = /^[A-Za-z]:\\(?!\\)/;

/** What is wrong between the quotes of a text that is closed, told at its first place; the fix repairs all of it. */
export function checkContent(text: string, offset: number, end: number): Fault | undefined {
  const inner = text.slice(offset + 1, end - 1);
  for (const match of inner.matchAll(piece)) {
    const [found] = match;
    if (soundEscape.test(found)) continue;
    const at = offset + 1 + match.index;
    const fix = (title: string): readonly Fix[] => [replace(title, offset + 1, end - 1, repairContent(inner))];
    if (!found.startsWith('\\')) return { offset: at, length: 1, ...sayControl(found, fix) };
    if (/^\\[\r\n]/.test(found)) {
      const message = 'Text cannot run over the end of a line in JSON. Write \\n where a new line begins.';
      return { offset: at, length: 1, message, fixes: fix('Write \\n') };
    }
    if (found === "\\'")
      return { offset: at, length: 2, message: 'An apostrophe is written without a backslash in JSON.', fixes: fix("Write '") };
    const digits = /^\\u[\da-fA-F]+/.exec(inner.slice(match.index, match.index + 6))?.[0];
    if (digits !== undefined && !drivePath.test(inner)) {
      return { offset: at, length: digits.length, message: 'A \\u escape needs four hexadecimal digits, as in \\u00e9.' };
    }
    return { offset: at, length: found.length, message: sayBackslash(found), fixes: fix('Write \\\\') };
  }
  return undefined;
}

function sayBackslash(escape: string): string {
  return `A backslash is written \\\\ in JSON: alone it begins an escape, and ${escape} is none.`;
}

/** What stands between quotes, as JSON wants it written. */
export function repairContent(inner: string): string {
  if (drivePath.test(inner)) return escapeControls(inner.replace(/\\\\|\\(?!")/g, '\\\\'));
  return inner.replace(piece, (found) => {
    if (soundEscape.test(found)) return found;
    if (found === "\\'") return "'";
    if (/^\\[\r\n]/.test(found)) return '\\n';
    return found.startsWith('\\') ? `\\\\${escapeControls(found.slice(1))}` : escapeControls(found);
  });
}

function escapeControls(text: string): string {
  return text.replace(/[\0-\x1f]/g, (unit) => JSON.stringify(unit).slice(1, -1));
}

function sayControl(unit: string, fix: (title: string) => readonly Fix[]): { readonly message: string; readonly fixes: readonly Fix[] } {
  const written = escapeControls(unit);
  const name = unit === '\t' ? 'a tab' : `a control character (U+${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`;
  return { message: `Here is ${name} inside a text. JSON wants it written as ${written}.`, fixes: fix(`Write ${written}`) };
}
