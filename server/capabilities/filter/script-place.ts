/** What belongs at a caret in a script. */
export type ScriptPlace =
  /** Text or a comment of the script, or a member of a value that is no table. */
  | { readonly kind: 'free' }
  /** A name of its own. `start`: where what is typed of it begins. */
  | { readonly kind: 'name'; readonly start: number }
  /** `data.` or `data['`; with `quote` between quotes. */
  | { readonly kind: 'table'; readonly start: number; readonly quote?: string }
  /** `Users.` or `Users['`; `dot`: where the dot stands. */
  | { readonly kind: 'column'; readonly alias: string; readonly start: number; readonly quote?: string; readonly dot?: number };

const word = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const table = String.raw`(?<![\p{ID_Continue}$.'"\x60\]])(?:data\s*(?:\?\.\s*)?\[\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*\]|data\s*\??\.\s*(${word})|(${word}))`;
const member = new RegExp(String.raw`${table}\s*(\??\.)\s*([\p{ID_Continue}$]*)$`, 'u');
const key = new RegExp(String.raw`${table}\s*(?:\?\.\s*)?\[\s*(['"])([^'"\\]*)$`, 'u');
const allMember = /(?<![\p{ID_Continue}$.])data\s*\??\.\s*([\p{ID_Continue}$]*)$/u;
const allKey = /(?<![\p{ID_Continue}$.])data\s*(?:\?\.\s*)?\[\s*(['"])([^'"\\]*)$/u;

/** Tells what belongs at the end of `before`, the script up to a caret. It need not be finished. */
export function scriptPlaceAt(before: string): ScriptPlace {
  const state = stateAfter(before);
  if (state === 'comment') return { kind: 'free' };
  if (state !== 'code') {
    const all = allKey.exec(before);
    if (all) return { kind: 'table', start: before.length - (all[2] ?? '').length, quote: all[1] ?? "'" };
    const found = key.exec(before);
    const alias = found ? (found[1] ?? found[2] ?? found[3] ?? found[4]) : undefined;
    return found && alias !== undefined
      ? { kind: 'column', alias, start: before.length - (found[6] ?? '').length, quote: found[5] ?? "'" }
      : { kind: 'free' };
  }
  const all = allMember.exec(before);
  if (all) return { kind: 'table', start: before.length - (all[1] ?? '').length };
  const found = member.exec(before);
  const alias = found ? (found[1] ?? found[2] ?? found[3] ?? found[4]) : undefined;
  if (found && alias !== undefined) {
    const start = before.length - (found[6] ?? '').length;
    const dot = before.lastIndexOf('.', start - 1);
    return { kind: 'column', alias, start, dot };
  }
  const own = /[\p{ID_Continue}$]*$/u.exec(before)?.[0] ?? '';
  const start = before.length - own.length;
  return /^\d/.test(own) || /\.\s*$/.test(before.slice(0, start)) ? { kind: 'free' } : { kind: 'name', start };
}

/** Whether a script is in a comment, a text or its code where it ends. What a template holds in `${…}` counts as text. */
function stateAfter(script: string): 'code' | 'comment' | 'text' {
  let state = '';
  for (let index = 0; index < script.length; index++) {
    const [one, two] = [script[index] ?? '', script.slice(index, index + 2)];
    if (state === '') {
      if (two === '//' || two === '/*') state = two;
      else if (/['"`]/.test(one)) state = one;
    } else if (state === '//') {
      if (one === '\n' || one === '\r') state = '';
    } else if (state === '/*') {
      if (two !== '*/') continue;
      state = '';
      index++;
    } else if (one === '\\') index++;
    else if (one === state || (state !== '`' && (one === '\n' || one === '\r'))) state = '';
  }
  return state === '' ? 'code' : state === '//' || state === '/*' ? 'comment' : 'text';
}
