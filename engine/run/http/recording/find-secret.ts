import type { Redactor } from '../redact.ts';
import type { Draft } from './files.ts';

/** Looks once more at every byte that is about to become a recording. The file, and about where in it; undefined where no secret is. */
export function findSecret(draft: Pick<Draft, 'names' | 'read'>, redactor: Redactor): string | undefined {
  for (const name of draft.names()) {
    // A name that holds a secret cannot be shown.
    if (redactor.finds(name)) return 'the name of a file';
    const text = draft.read(name) ?? '';
    if (redactor.finds(text)) return `${name}, line ${lineOf(text, redactor)}`;
    const hidden = bytesIn(text).some((bytes) => redactor.finds(bytes.toString('latin1')) || redactor.finds(bytes.toString('utf8')));
    if (hidden) return `${name}, in the bytes of an answer`;
    // What JSON writes with escapes is none for who reads it.
    if (text.includes('\\') && holdsIt(JSON.parse(text), redactor)) return `${name}, within a text`;
  }
  return undefined;
}

function lineOf(text: string, redactor: Redactor): number {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => redactor.finds(line));
  return at < 0 ? 1 : at + 1;
}

function bytesIn(text: string): readonly Buffer[] {
  return [...text.matchAll(/"base64": "([A-Za-z0-9+/=]*)"/g)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}

function jsonIn(lines: readonly unknown[]): unknown {
  try {
    return JSON.parse(lines.join('\n')) as unknown;
  } catch {
    return undefined;
  }
}

function holdsIt(value: unknown, redactor: Redactor): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const current = open.pop();
    if (typeof current === 'string' && redactor.finds(current)) return true;
    if (typeof current !== 'object' || current === null) continue;
    // Lines of text may be JSON themselves.
    if (Array.isArray(current) && current.some((line) => typeof line === 'string' && line.includes('\\'))) open.push(jsonIn(current));
    for (const [name, inner] of Object.entries(current as Readonly<Record<string, unknown>>)) {
      if (redactor.finds(name)) return true;
      open.push(inner);
    }
  }
  return false;
}
