import type { CompletionItem, Hover } from 'vscode-json-languageservice';
import { indexLines } from '../../../engine/model/text/lines.ts';
import type { FileIdentity } from '../../../engine/model/workspace/file-kind.ts';
import { rangeOf } from '../../convert.ts';
import type { FolderView } from '../../workspaces.ts';
import { MarkupKind } from '../connector/json-service.ts';
import { hoverText } from '../json/hover-text.ts';
import { describeTarget } from './describe-target.ts';
import { completeOverlayType } from './overlay-types.ts';
import type { OwnJsonLanguage } from './own-json.ts';
import { completeProblemSettings } from './problem-codes.ts';
import { completePropertyName } from './property-names.ts';
import { completeReference, referenceAt } from './references.ts';

/** A file of ours in its workspace. */
export interface OwnFile {
  readonly view: FolderView;
  readonly path: string;
  readonly identity: FileIdentity;
  readonly text: string;
}

/** Names first; where none fits, what the schema allows. */
export async function completeOwn(
  schema: OwnJsonLanguage,
  { view, path, identity, text }: OwnFile,
  offset: number,
): Promise<CompletionItem[]> {
  const properties =
    identity.kind === 'settings'
      ? completeProblemSettings(view, path, offset)
      : [...completePropertyName(view, path, identity, offset), ...completeOverlayType(view, path, identity, offset)];
  if (properties.length > 0) return properties;
  const names = completeReference(view, path, offset);
  return names.length > 0 ? names : schema.complete(identity.kind, text, offset);
}

/** What a name refers to, and below it what the schema says about its place. */
export async function hoverOwn(
  schema: OwnJsonLanguage,
  { view, path, identity, text }: OwnFile,
  offset: number,
): Promise<Hover | undefined> {
  const reference = referenceAt(view, path, offset);
  const meant = reference && describeTarget(view, reference.target);
  const place = await schema.hover(identity.kind, text, offset);
  const value = [meant ?? '', place ? hoverText(place) : ''].filter((part) => part !== '').join('\n\n---\n\n');
  const range = reference && meant !== undefined ? rangeOf(indexLines(text), reference.span) : place?.range;
  return value === '' ? undefined : { contents: { kind: MarkupKind.Markdown, value }, ...(range && { range }) };
}
