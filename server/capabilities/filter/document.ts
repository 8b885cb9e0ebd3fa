import { bindOnce } from '../../../engine/model/filter/bind-once.ts';
import type { BoundFilter } from '../../../engine/model/filter/bound.ts';
import type { FilterDocument } from '../../../engine/model/filter/filter.ts';
import { noLibrary, type FilterLibrary } from '../../../engine/model/filter/library.ts';
import { tokenize, type Tokens } from '../../../engine/model/filter/tokens.ts';
import { catalogOf, type Catalog } from '../../../engine/model/system/catalog.ts';
import { indexLines, type Lines } from '../../../engine/model/text/lines.ts';

/** A filter that is open, with everything its capabilities look at; made once per text and catalog. */
export interface OpenFilter {
  readonly uri: string;
  readonly text: string;
  readonly document: FilterDocument;
  readonly tokens: Tokens;
  readonly bound: BoundFilter;
  readonly catalog: Catalog;
  readonly library: FilterLibrary;
  readonly lines: Lines;
  /** Names of the other filters of the workspace. */
  readonly filters: readonly string[];
}

export const emptyCatalog: Catalog = catalogOf([], []);

const opened = new WeakMap<FilterDocument, OpenFilter>();

export function openFilter(
  uri: string,
  document: FilterDocument,
  catalog: Catalog,
  filters: readonly string[] = [],
  library: FilterLibrary = noLibrary,
): OpenFilter {
  const known = opened.get(document);
  if (known?.catalog === catalog && known.uri === uri && known.library === library) return known;
  const { text } = document;
  let bound: BoundFilter | undefined;
  const filter: OpenFilter = {
    uri,
    text,
    document,
    tokens: tokenize(text),
    // Only when somebody asks: completion behind a dot looks at another reading of the text.
    get bound() {
      return (bound ??= bindOnce(document, catalog, library));
    },
    catalog,
    library,
    lines: indexLines(text),
    filters,
  };
  opened.set(document, filter);
  return filter;
}
