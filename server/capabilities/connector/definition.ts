import type { Location } from 'vscode-json-languageservice';
import { declarationsAt } from '../names/find.ts';
import { aloneIn } from '../names/places.ts';
import type { ConnectorDocument } from './document.ts';

/** Where the name at `offset` is declared in this file. */
export function definition(document: ConnectorDocument, offset: number): Location[] {
  return declarationsAt(aloneIn(document), offset);
}
