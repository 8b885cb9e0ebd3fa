/** Names that Windows keeps for its devices. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name as one step of a path on any system: without separators, control characters and what Windows refuses, never `.` or `..`. Plain names stay as they
 * are.
 */
export function safeName(name: string): string {
  const safe = name
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_')
    .replace(/[. ]+$/, (end) => '_'.repeat(end.length))
    .replace(/^[. ]+/, (start) => (/^\.{1,2}$|^ /.test(start) || start.startsWith('.') ? '_'.repeat(start.length) : start))
    .slice(0, 120);
  return safe === '' ? '_' : devices.test(safe) ? `_${safe}` : safe;
}

/** Gives each name a file of its own; names that differ in case alone are one file on many disks, so the later one gets a number. */
export function createNames(): (folder: string, name: string) => string {
  const taken = new Map<string, Set<string>>();
  return (folder, name) => {
    const own = taken.get(folder) ?? new Set<string>();
    taken.set(folder, own);
    const base = safeName(name);
    let found = base;
    for (let number = 2; own.has(found.toLowerCase()); number++) found = `${base}_${number}`;
    own.add(found.toLowerCase());
    return found;
  };
}
