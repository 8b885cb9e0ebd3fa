import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import type { Log } from '../../infrastructure/log.ts';
import type { Runs } from '../../infrastructure/run.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { exportToNim } from './export.ts';
import { importFromNim } from './import.ts';

/**
 * *Import from NIM* and *Export to NIM*: files only, NIM itself is never spoken to. Other extensions may give what is asked for as the command's
 * argument: `{ source, folder }`, and `{ folder, file }`.
 */
export function activateNimFeature(commands: Commands, folders: Folders, server: Server, runs: Runs, log: Log): void {
  commands.register(commandIds.importNim, (argument) => importFromNim(argument, folders, server, log));
  commands.register(commandIds.exportNim, (argument) => exportToNim(argument, folders, runs, log));
}
