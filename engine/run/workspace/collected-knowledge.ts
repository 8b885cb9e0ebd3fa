import { knowledgeFrom } from '../../model/connector/knowledge.ts';
import type { KnowledgeOf } from '../../model/workspace/check-file.ts';
import { SollistError } from '../error.ts';
import type { VaultAnswer } from '../records.ts';
import { readVault } from '../vault/read-vault.ts';
import { vaultPath, type OpenWorkspace } from './open-workspace.ts';

/** What the vault knows of the connectors of a workspace; nothing where there is none, or where it cannot be read now. */
export function collectedKnowledge(open: OpenWorkspace): KnowledgeOf {
  const answers = answersOf(open);
  if (answers.length === 0) return () => undefined;
  return (connector) => {
    const users = new Set(
      [...open.workspace.systems.values()].filter(({ model }) => model.connector.text === connector).map(({ name }) => name),
    );
    const own = answers.filter(({ system }) => users.has(system));
    return own.length === 0 ? undefined : knowledgeFrom(own.map(({ table, at, answer }) => ({ table, at, seen: answer })));
  };
}

function answersOf(open: OpenWorkspace): readonly VaultAnswer[] {
  try {
    const vault = readVault(vaultPath(open));
    if (!vault) return [];
    try {
      return vault.answers();
    } finally {
      vault.close();
    }
  } catch (error) {
    // Files are checked all the same: what is wrong with the vault is said by whoever needs it.
    if (error instanceof SollistError) return [];
    throw error;
  }
}
