/** The columns that a first line names. */
export interface Header {
  readonly names: readonly string[];
  /** What was odd about the names as written, in words. */
  readonly oddities: readonly string[];
}

/**
 * Names for the columns of a header. The vault tells names apart without the case of ASCII letters, so a name that is there already gets a
 * number; one that is empty gets that of its place.
 */
export function namesOf(cells: readonly string[]): Header {
  const taken = new Set<string>();
  const oddities: string[] = [];
  const names = cells.map((cell, index) => {
    const written = cell.replaceAll(/\p{Cc}+/gu, ' ').trim();
    const usable = written !== '' && written !== '__proto__';
    const wanted = usable ? written : `column${index + 1}`;
    let name = wanted;
    for (let number = 2; taken.has(foldName(name)); number++) name = `${wanted}_${number}`;
    taken.add(foldName(name));
    if (!usable) oddities.push(`column ${index + 1} has no name in the header and is called "${name}"`);
    else if (name !== written)
      oddities.push(`the header has "${written}" more than once; the one in column ${index + 1} is called "${name}"`);
    return name;
  });
  return { names, oddities };
}

/** A name as the vault tells names apart: without the case of ASCII letters. */
export function foldName(name: string): string {
  return name.toWellFormed().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
