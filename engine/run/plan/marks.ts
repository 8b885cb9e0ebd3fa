/** Stands for a value until a request is built: letters and digits, which no encoding changes and every place of a request may hold. */
export interface Marks {
  of(name: string): string;
  /** The text with the name in brackets in place of each mark. */
  show(text: string): string;
}

/** Marks shown between `open` and `close`. */
export function createMarks(open = '‹', close = '›'): Marks {
  const names: string[] = [];
  return {
    of(name) {
      const known = names.indexOf(name);
      return `sollistvalue${known >= 0 ? known : names.push(name) - 1}x`;
    },
    show: (text) => text.replace(/sollistvalue(\d+)x/g, (mark, index: string) => `${open}${names[Number(index)] ?? mark}${close}`),
  };
}
