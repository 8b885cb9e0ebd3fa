import { parseJson } from '../text/json.ts';
import { indexLines } from '../text/lines.ts';
import type { Refused } from './new-connector.ts';

/** Longer than any description of an API; a text beyond it is something else. */
const largest = 64 * 1024 * 1024;

/** How to read YAML: the caller's, since this room knows no YAML. It throws where the text is none. */
export type ParseYaml = (text: string) => unknown;

/** The value a text holds, JSON or YAML by what it starts with; or why it cannot be read. */
export function parseDocument(text: string, parseYaml: ParseYaml): { readonly kind: 'parsed'; readonly value: unknown } | Refused {
  if (text.length > largest) return refused('The text is larger than 64 MB, which no description of an API is.');
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (bare === '') return refused('The text is empty. Give an OpenAPI 3 document or the JSON answer of one call.');
  if (/^[[{]/.test(bare)) {
    try {
      return { kind: 'parsed', value: JSON.parse(bare) as unknown };
    } catch {
      // YAML in one line starts with the same signs.
    }
  }
  try {
    return { kind: 'parsed', value: parseYaml(bare) };
  } catch (error) {
    return refused(/^[[{]/.test(bare) ? brokenJson(bare) : `The text is neither JSON nor YAML: ${firstLine(error)}`);
  }
}

function brokenJson(text: string): string {
  const [problem] = parseJson(text, { strict: true }).problems;
  if (!problem) return 'The text is not JSON.';
  const { line, column } = indexLines(text).positionAt(problem.span.offset);
  return `The text is not JSON, at line ${line + 1}, column ${column + 1}: ${problem.message}`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function refused(message: string): Refused {
  return { kind: 'refused', message };
}
