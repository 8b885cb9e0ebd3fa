/** Edits of one text, as capabilities make them: in order, none over another. */
export function applyEdits(
  text: string,
  edits: readonly { readonly offset: number; readonly length: number; readonly text: string }[],
): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    if (edit.offset < at) throw new Error(`The edit at ${edit.offset} begins before ${at}.`);
    result += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return result + text.slice(at);
}
