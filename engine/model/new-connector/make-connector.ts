import { checkConnector } from '../connector/check-connector.ts';
import { readConnector } from '../connector/read-connector.ts';
import { parseJson } from '../text/json.ts';
import { checkAuthentication, checkPaging, checkTypeName } from './check-names.ts';
import { fromDocument, type DocumentKind } from './from-document.ts';
import { fromScratch } from './from-scratch.ts';
import type { NewConnector, Refused } from './new-connector.ts';
import { parseDocument, type ParseYaml } from './parse-document.ts';

/** What somebody who starts a connector says, in plain texts. */
export interface NewConnectorWish {
  /** The system type: the name of the file without `.json`. */
  readonly name: string;
  /** An OpenAPI document or a sample answer. Without it the connector starts from nothing. */
  readonly document?: string | undefined;
  /** Tables to take from a document, to name a sample's table, or to start with. */
  readonly tables?: readonly string[] | undefined;
  /** Kinds by name. From a document they default to what it says, else to `none`. */
  readonly authentication?: string | undefined;
  readonly paging?: string | undefined;
  readonly baseUrl?: string | undefined;
}

/** A connector with the name it was given, what it was made from, and how many problems a check finds in it. */
export interface MadeConnector extends NewConnector {
  readonly name: string;
  readonly source: DocumentKind | 'nothing';
  readonly problems: number;
}

/** Makes a connector of what is wished; what cannot be is refused with a sentence that says what to change. */
export function makeConnector(wish: NewConnectorWish, parseYaml: ParseYaml): MadeConnector | Refused {
  const name = checkTypeName(wish.name);
  if (name.kind === 'bad') return { kind: 'refused', message: name.message };
  const authentication = wish.authentication === undefined ? undefined : checkAuthentication(wish.authentication);
  if (authentication?.kind === 'bad') return { kind: 'refused', message: authentication.message };
  const paging = wish.paging === undefined ? undefined : checkPaging(wish.paging);
  if (paging?.kind === 'bad') return { kind: 'refused', message: paging.message };
  const chosen = { tables: wish.tables, baseUrl: wish.baseUrl, authentication: authentication?.name, paging: paging?.name };
  if (wish.document === undefined) {
    const made = fromScratch({
      name: name.name,
      baseUrl: wish.baseUrl,
      authentication: authentication?.name ?? 'none',
      paging: paging?.name ?? 'none',
      tables: wish.tables ?? [],
    });
    return { ...made, name: name.name, source: 'nothing', problems: countProblems(made.text) };
  }
  const document = parseDocument(wish.document, parseYaml);
  if (document.kind === 'refused') return document;
  const made = fromDocument(document.value, chosen);
  return made.kind === 'refused' ? made : { ...made, name: name.name, problems: countProblems(made.text) };
}

/** Errors and warnings, as `sollist check` counts them. */
function countProblems(text: string): number {
  const json = parseJson(text, { strict: true });
  return checkConnector(json, readConnector(json.root)).filter(({ severity }) => severity === 'error' || severity === 'warning').length;
}
