import { SollistError } from './error.ts';

/** The oldest Node the database and HTTP packages work with; below it the first crashes without a word. */
const oldest = [22, 19] as const;

/** Throws `node-too-old` unless this is a Node that can run the engine. Call it before anything loads `vault/open-vault.ts`. */
export function assertRuntime(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new SollistError(
    'node-too-old',
    `Sollist needs Node ${oldest.join('.')} or later, and this is Node ${version}. Install a later Node, or start it with the one the project installs (node_modules/.bin/node).`,
    { subject: version },
  );
}
