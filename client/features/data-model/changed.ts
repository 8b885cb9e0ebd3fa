/** The piece of a text that another one replaces: what both begin and end with stays as it is, carets in it too. */
export function changed(before: string, after: string): { readonly from: number; readonly to: number; readonly piece: string } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end])
    end++;
  return { from: start, to: before.length - end, piece: after.slice(start, after.length - end) };
}
