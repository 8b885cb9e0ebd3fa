import type { ExtensionContext, SecretStorage } from 'vscode';

/**
 * Values of `{"secret": "name"}`, kept by the editor's secret storage. They are filed by folder: a workspace that somebody sent cannot name
 * another workspace's secret and have it sent to its own host.
 */
export interface Secrets {
  /** The values that are there, by name; missing ones are left out, and the run says which it needs. */
  read(folder: string, names: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The names for which a value is there. */
  names(folder: string): Promise<readonly string[]>;
  store(folder: string, name: string, value: string): Promise<void>;
  forget(folder: string, name: string): Promise<void>;
}

export function createSecrets({ secrets }: Pick<ExtensionContext, 'secrets'>): Secrets {
  return {
    read: (folder, names) => readAll(secrets, folder, names),
    names: async (folder) => {
      const prefix = keyOf(folder, '');
      return (await secrets.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    },
    store: async (folder, name, value) => secrets.store(keyOf(folder, name), value),
    forget: async (folder, name) => secrets.delete(keyOf(folder, name)),
  };
}

async function readAll(storage: SecretStorage, folder: string, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all([...new Set(names)].map(async (name) => [name, await storage.get(keyOf(folder, name))] as const));
  return Object.fromEntries(found.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** The JSON array keeps folder and name apart whatever they hold. */
function keyOf(folder: string, name: string): string {
  return `secret:${JSON.stringify(folder)}:${name}`;
}
