import { DocumentHighlightKind, type DocumentHighlight, type Location } from 'vscode-languageserver/node';
import { keyOf } from '../../../engine/model/references/entity.ts';
import type { Graph } from '../../../engine/model/references/graph.ts';
import type { PlacedOccurrence } from '../../../engine/model/references/occurrence.ts';
import { indexLines, type Lines } from '../../../engine/model/text/lines.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { rangeOf } from '../../convert.ts';
import type { NamesPlace } from './places.ts';

/** Where the thing that is named at a place is declared. */
export function declarationsAt(place: NamesPlace, offset: number): Location[] {
  const { graph, path } = place;
  const [meant] = graph.at(path, offset);
  const found = meant ? graph.find([meant.entity]).filter(({ role }) => role === 'declaration') : [];
  return locations(
    place,
    found.map((one) => ({ ...one, span: withQuotes(graph.textOf(one.path), one.span) })),
  );
}

/** A JSON name with its quotes, as an author sees it. */
function withQuotes(text: string, { offset, length }: Span): Span {
  return text[offset - 1] === '"' && text[offset + length] === '"' ? { offset: offset - 1, length: length + 2 } : { offset, length };
}

/** Every place in every file that names what is named here; an array in `resources` names a column and a child table. */
export function referencesAt(place: NamesPlace, offset: number, withDeclaration: boolean): Location[] {
  const entities = place.graph.at(place.path, offset).map(({ entity }) => entity);
  const found = place.graph.find(entities);
  return locations(place, withDeclaration ? found : found.filter(({ role }) => role === 'reference'));
}

/** The places in this file that name what is named here. */
export function highlightsAt({ graph, path }: NamesPlace, offset: number): DocumentHighlight[] {
  const keys = new Set(graph.at(path, offset).map(({ entity }) => keyOf(entity)));
  if (keys.size === 0) return [];
  const lines = indexLines(graph.textOf(path));
  const here = graph.occurrencesIn(path).filter(({ entity, spelling }) => spelling !== 'derived' && keys.has(keyOf(entity)));
  return withoutTwins(here).map(({ span, role }) => ({
    range: rangeOf(lines, span),
    kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

function locations({ graph, uriOf }: NamesPlace, found: readonly PlacedOccurrence[]): Location[] {
  const lines = linesOf(graph);
  return withoutTwins(found).map(({ path, span }) => ({ uri: uriOf(path), range: rangeOf(lines(path), span) }));
}

/** One place may name two things. */
function withoutTwins<Found extends { readonly path?: string; readonly span: PlacedOccurrence['span'] }>(found: readonly Found[]): Found[] {
  const places = new Map(found.toReversed().map((one) => [`${one.path ?? ''}:${one.span.offset}:${one.span.length}`, one]));
  return [...places.values()].reverse();
}

/** The lines of files, each indexed once. */
export function linesOf(graph: Graph): (path: string) => Lines {
  const known = new Map<string, Lines>();
  return (path) => {
    const lines = known.get(path) ?? indexLines(graph.textOf(path));
    known.set(path, lines);
    return lines;
  };
}
