import { fromOpenApi, isOpenApi } from './open-api/from-open-api.ts';
import { fromSample } from './from-sample.ts';
import type { NewConnector, Refused } from './new-connector.ts';
import type { PagingKind } from './paging.ts';
import { at, isObject } from './parsed.ts';
import type { AuthenticationKind } from './sign-in.ts';

export interface DocumentOptions {
  /** The table a sample is of; the tables to take from an OpenAPI document. */
  readonly tables?: readonly string[] | undefined;
  readonly baseUrl?: string | undefined;
  readonly authentication?: AuthenticationKind | undefined;
  readonly paging?: PagingKind | undefined;
}

/** What a parsed text was taken for. */
export type DocumentKind = 'open-api' | 'sample';

/** A connector from a parsed document: OpenAPI where it says so, else a sample answer. */
export function fromDocument(
  document: unknown,
  options: DocumentOptions = {},
): (NewConnector & { readonly source: DocumentKind }) | Refused {
  if (isOpenApi(document)) return withSource(fromOpenApi(document, options), 'open-api');
  if (at(document, 'swagger') !== undefined) {
    return {
      kind: 'refused',
      message: 'This is a Swagger 2 document. Convert it to OpenAPI 3 first; most editors and API tools export both.',
    };
  }
  const version = at(document, 'openapi');
  if (typeof version === 'string' || typeof version === 'number') {
    return { kind: 'refused', message: `OpenAPI ${version} is not known here; 3.0 and 3.1 are.` };
  }
  if (isObject(at(document, 'schema', 'crud_objects'))) {
    return { kind: 'refused', message: 'This is a connector already. Copy the file instead.' };
  }
  const [table] = options.tables ?? [];
  return withSource(fromSample(document, { ...options, table }), 'sample');
}

function withSource<Source extends DocumentKind>(
  made: NewConnector | Refused,
  source: Source,
): (NewConnector & { readonly source: Source }) | Refused {
  return made.kind === 'made' ? { ...made, source } : made;
}
