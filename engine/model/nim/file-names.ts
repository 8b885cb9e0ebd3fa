/** Names that Windows keeps for its devices. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/i;

/** In bytes of UTF-8: most disks take 255, and an ending and a number follow. */
const longest = 200;

/**
 * A name as one step of a path on any system: without separators, control characters and what Windows refuses, never `.` or `..`. Plain names stay as they
 * are.
 */
export function safeName(name: string): string {
  const safe = shortened(name.toWellFormed())
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_')
    .replace(/[. ]+$/, (end) => '_'.repeat(end.length))
    .replace(/^[. ]+/, (start) => '_'.repeat(start.length));
  return safe === '' ? '_' : devices.test(safe) ? `_${safe}` : safe;
}

/** No longer than a disk takes, cut between signs. */
function shortened(name: string): string {
  let [bytes, end] = [0, 0];
  for (const sign of name) {
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > longest) return name.slice(0, end);
    end += sign.length;
  }
  return name;
}

/** Gives each name a file of its own; names that differ in case alone are one file on many disks, so the later one gets a number. */
export function createNames(): (folder: string, name: string) => string {
  const taken = new Map<string, Map<string, number>>();
  return (folder, name) => {
    const own = taken.get(folder) ?? new Map<string, number>();
    taken.set(folder, own);
    const base = safeName(name);
    const key = keyOf(base);
    // Where it stopped the last time, so that ten thousand of one name are not tried from the beginning each time.
    let number = own.get(key) ?? 1;
    let found = base;
    if (number > 1 || own.has(key)) for (found = `${base}_${++number}`; own.has(keyOf(found)); found = `${base}_${++number}`);
    own.set(key, number);
    if (found !== base) own.set(keyOf(found), 1);
    return found;
  };
}

/** What a disk may take for the same: letters in another case, and letters that are put together otherwise. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
