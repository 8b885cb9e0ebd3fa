import type { FilesSource } from '../../model/files/source.ts';
import type { System } from '../../model/system/system.ts';
import type { ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import type { Traffic } from '../http/traffic.ts';

/** A folder of files where a connection and its traffic are expected: nobody is asked for anything. */
export function filesAsTraffic(
  { name }: System,
  { folder }: FilesSource,
): { readonly connection: ResolvedConnection; readonly traffic: Traffic } {
  return {
    connection: { system: name, variables: new Map(), secrets: [], hosts: [], baseUrl: '' },
    traffic: {
      source: { kind: 'files', folder: folder.text },
      signsIn: false,
      open: () => {
        throw new Error('a folder of files opens no connection');
      },
    },
  };
}

export function filesAreNoTraffic(system: string): SollistError {
  return new SollistError(
    'files-no-traffic',
    `${system} is a folder of files, so no request is made that could be shown, recorded or replayed: collect it as it is, offline too.`,
    { subject: system },
  );
}
