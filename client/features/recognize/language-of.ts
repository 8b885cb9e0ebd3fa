import { languageIds } from '../../infrastructure/ids.ts';
import { looksLikeConnector } from './connector-content.ts';

export type OurLanguage = (typeof languageIds)[keyof typeof languageIds];

/** A document to be recognised: its place in a Sollist folder, if it stands in one, and its text when the place says nothing. */
export interface Candidate {
  /** Relative to the folder that holds `sollist.json`, forward slashes; undefined outside of one. */
  readonly place: string | undefined;
  readonly isJson: boolean;
  readonly text: () => string;
}

/** The places of a workspace and the language spoken there; a test holds them equal to those the engine reads. */
const places: readonly (readonly [place: RegExp, language: OurLanguage])[] = [
  [/^connectors\/[^/]+\.json$/, languageIds.connector],
  [/^filters\/[^/]+\.filter$/, languageIds.filter],
  [/^(sollist|relations)\.json$/, languageIds.json],
  [/^(systems|overlays|mappings|expectations|lookups)\/[^/]+\.json$/, languageIds.json],
  [/^roles\/.+\.json$/, languageIds.json],
];

/** The language a document should have, by its place first and by its content where the place says nothing; undefined leaves it alone. */
export function languageOf({ place, isJson, text }: Candidate): OurLanguage | undefined {
  const found = place === undefined ? undefined : places.find(([pattern]) => pattern.test(place))?.[1];
  return found ?? (isJson && looksLikeConnector(text()) ? languageIds.connector : undefined);
}
