import { parse, type Program } from 'acorn';
import type { Problem } from '../text/problem.ts';

/** The longest script that is read, in characters: longer ones are no column's script. */
const longest = 500_000;

/** The tree of a script, or what is wrong with its syntax. */
export type ParsedScript = { readonly program: Program } | { readonly problem: Problem };

/** Reads the body of a function: `return` may stand at its top. Never throws; positions are those of `code`. */
export function parseScript(code: string): ParsedScript {
  if (code.length > longest) return wrong(`A script may have at most ${longest} characters; this one has ${code.length}.`, 0, code);
  try {
    return { program: parse(code, { ecmaVersion: 2022, sourceType: 'script', allowReturnOutsideFunction: true }) };
  } catch (error) {
    if (error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number')
      return wrong(`This is not JavaScript: ${sentence(error.message)}`, error.pos, code);
    return tooDeep(code);
  }
}

/** What is said of code that no reader's stack is deep enough for. */
export function tooDeep(code: string): { readonly problem: Problem } {
  return wrong('This script nests too deeply to be read. Write it in smaller parts.', 0, code);
}

function sentence(message: string): string {
  const plain = message.replace(/ \(\d+:\d+\)$/, '');
  return `${plain.charAt(0).toLowerCase()}${plain.slice(1)}${plain.endsWith('.') ? '' : '.'}`;
}

function wrong(message: string, at: number, code: string): { readonly problem: Problem } {
  const offset = Math.min(at, Math.max(0, code.length - 1));
  return { problem: { code: 'script-syntax', severity: 'error', message, span: { offset, length: code.length === 0 ? 0 : 1 } } };
}
