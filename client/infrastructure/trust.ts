import { workspace } from 'vscode';
import { SollistFailure } from './failure.ts';

/** Whether runs are allowed (safety contract, 3). */
export function isTrusted(): boolean {
  return workspace.isTrusted;
}

/** Throws `untrusted`: the menus hide what must not run, and this stops whatever calls it all the same. */
export function requireTrust(): void {
  if (isTrusted()) return;
  throw new SollistFailure('untrusted', 'Nothing runs in an untrusted workspace: trust it first, then run again.');
}
