import type { JsonDocument } from '../../engine/model/text/json.ts';
import { parseJson } from '../../engine/model/text/json.ts';
import type { Opened } from '../opened.ts';

/** The tree of an open document that is a JSON text of one of our kinds; undefined for filters and for other people's files. */
export function jsonOf(opened: Opened): JsonDocument | undefined {
  switch (opened.kind) {
    case 'connector':
      return opened.connector.json;
    case 'own':
      return parseJson(opened.text, { strict: false });
    case 'filter':
      return undefined;
    case 'other':
      return opened.document.languageId === 'sollist-json' ? parseJson(opened.text, { strict: false }) : undefined;
  }
}
