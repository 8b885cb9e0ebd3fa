import type { ExtensionContext } from 'vscode';
import { askText } from '../../infrastructure/pick.ts';

export type ParameterValues = Readonly<Record<string, string | number | boolean | null>>;

export interface DeclaredParameter {
  readonly name: string;
  readonly type: string;
  /** The default as a person would type it. */
  readonly fallback?: string;
}

const declaration = /^[ \t]*parameter[ \t]+("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)[ \t]+(text|number|boolean|date|datetime)\b([^\n]*)/gimu;
const defaultValue = /\bdefault[ \t]+(?:'((?:[^']|'')*)'|(-?[\w.]+))/i;

/**
 * The parameters at the head of a filter, to ask for their values. A line that is not a plain declaration is left to the engine, which
 * reads the language properly and says what is missing.
 */
export function declaredParameters(text: string): readonly DeclaredParameter[] {
  return [...text.matchAll(declaration)].map(([, name = '', type = '', rest = '']) => {
    const match = defaultValue.exec(rest);
    const fallback = match?.[1]?.replaceAll("''", "'") ?? match?.[2];
    const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
    return { name: plain, type: type.toLowerCase(), ...(fallback !== undefined && { fallback }) };
  });
}

/** Asks one value after the other, offering the one used last; an empty answer leaves the parameter to its default. */
export async function askParameters(
  context: ExtensionContext,
  filter: string,
  declared: readonly DeclaredParameter[],
): Promise<ParameterValues> {
  const key = `parameters:${filter}`;
  const last = context.workspaceState.get<Readonly<Record<string, string>>>(key) ?? {};
  const typed: Record<string, string> = {};
  for (const { name, type, fallback } of declared) {
    const value = last[name] ?? fallback;
    typed[name] = await askText({
      title: `${filter}: ${name}`,
      prompt: `${type}${fallback === undefined ? '' : `, default ${fallback}`}. Empty means the default.`,
      ...(value !== undefined && { value }),
    });
  }
  if (declared.length > 0) await context.workspaceState.update(key, typed);
  const types = new Map(declared.map(({ name, type }) => [name, type]));
  const given = Object.entries(typed).filter(([, text]) => text !== '');
  return Object.fromEntries(given.map(([name, text]) => [name, convert(text, types.get(name) ?? 'text')]));
}

/** What cannot be converted goes as text: the engine's message about it is better than any made here. */
function convert(text: string, type: string): string | number | boolean | null {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}
