/**
 * The vault of an environment, relative to the workspace as `vault` of its settings is. Each environment has one of its own, so that a plan
 * for one never rests on the data of another: `.sollist/vault.db`, and `.sollist/vault@test.db` for the environment `test`.
 */
export function vaultFile(vault: string, environment: string | undefined): string {
  if (environment === undefined || environment === '') return vault;
  const [, stem = vault, ending = ''] = /^(.*[^/\\])(\.[^./\\]*)$/s.exec(vault) ?? [];
  return `${stem}@${encodeURIComponent(environment)}${ending}`;
}
