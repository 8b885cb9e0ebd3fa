/** The faults that a command is given, as a run that is run again gives them; undefined where a person is to choose. */
export function faultsOf(target: unknown): readonly string[] | undefined {
  if (typeof target !== 'object' || target === null || !('faults' in target) || !Array.isArray(target.faults)) return undefined;
  const faults = target.faults.filter((fault): fault is string => typeof fault === 'string');
  return faults.length === 0 ? undefined : faults;
}
