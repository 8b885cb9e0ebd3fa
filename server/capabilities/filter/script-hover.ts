import type { LibraryMember } from '../../../engine/model/script/library-members.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { OpenFilter } from './document.ts';

/** The member of a library that is named at an offset within a script column, `Helper.fullName`, and where its name stands. */
export function libraryMemberAt(
  { document, text, library }: OpenFilter,
  offset: number,
): { readonly library: string; readonly member: LibraryMember; readonly span: Span } | undefined {
  const items = document.tree?.select?.items ?? [];
  const script = items.find((item) => item.kind === 'script-item' && holds(item.codeSpan, offset));
  if (script?.kind !== 'script-item') return undefined;
  const { codeSpan } = script;
  const code = text.slice(codeSpan.offset, codeSpan.offset + codeSpan.length);
  for (const found of code.matchAll(
    /(?<![\p{ID_Continue}$.])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\??\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu,
  )) {
    const [whole, name = '', member = ''] = found;
    const span = { offset: codeSpan.offset + found.index + whole.length - member.length, length: member.length };
    if (!holds(span, offset)) continue;
    const known = library.scriptMembers?.(name).find((one) => one.name === member);
    return known && { library: name, member: known, span };
  }
  return undefined;
}

function holds(span: Span, offset: number): boolean {
  return offset >= span.offset && offset <= span.offset + span.length;
}
