import { identifyFile } from '../../../engine/model/workspace/file-kind.ts';
import { languageIds } from '../../infrastructure/ids.ts';
import { looksLikeConnector } from './connector-content.ts';

export type OurLanguage = (typeof languageIds)[keyof typeof languageIds];

/** A document to be recognised: its place in a Sollist folder, if it stands in one, and its text when the place says nothing. */
export interface Candidate {
  /** Relative to the folder that holds `sollist.json`; undefined outside of one. */
  readonly place: string | undefined;
  readonly isJson: boolean;
  text(): string;
}

/** The language a document should have, by its place first and by its content where the place says nothing; undefined leaves it alone. */
export function languageOf({ place, isJson, text }: Candidate): OurLanguage | undefined {
  const kind = place === undefined ? undefined : identifyFile(place)?.kind;
  if (kind === 'connector') return languageIds.connector;
  if (kind === 'filter') return languageIds.filter;
  if (kind !== undefined || (place !== undefined && isOurJson(place))) return languageIds.json;
  return isJson && looksLikeConnector(text()) ? languageIds.connector : undefined;
}

/** Role generators and what else may stand under `roles/` are ours, too, although they are no model and no role. */
function isOurJson(place: string): boolean {
  return /^roles\/.+\.json$/.test(place);
}
