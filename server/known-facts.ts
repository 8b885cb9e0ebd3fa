import type { VaultDescription } from '../engine/host/protocol.ts';
import { knowledgeFrom, type ConnectorKnowledge } from '../engine/model/connector/knowledge.ts';
import type { DryRunFacts } from './dry-run-facts.ts';

/** What the last run that brought rows of a table says of them. */
export interface TableFacts {
  readonly system: string;
  readonly from: 'collection' | 'dry run';
  readonly rows: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly complete: boolean;
  /** Why not complete, or what is suspicious. */
  readonly notes: readonly string[];
}

/** What runs have left: the vault, and dry runs of this session. */
export interface Remembered {
  readonly vault: VaultDescription;
  readonly dryRuns: ReadonlyMap<string, DryRunFacts>;
}

/** What the answers for these systems, which use one connector, held. */
export function answersOf({ vault, dryRuns }: Remembered, users: ReadonlySet<string>): ConnectorKnowledge | undefined {
  const answers = [
    ...vault.answers.filter(({ system }) => users.has(system)),
    ...[...dryRuns.values()].flatMap(({ facts, answer }) => (answer && users.has(facts.system) ? [answer] : [])),
  ];
  return answers.length === 0 ? undefined : knowledgeFrom(answers);
}

/** What is known of one table of these systems: of each its collection, and its dry run if that brought rows. */
export function factsOf({ vault, dryRuns }: Remembered, users: ReadonlySet<string>, table: string): readonly TableFacts[] {
  return [
    ...vault.tables
      .filter((held) => held.table === table && users.has(held.system))
      .map(({ collectedAt, ...held }): TableFacts => ({ ...held, from: 'collection', at: collectedAt })),
    ...[...dryRuns.values()].flatMap((tried) =>
      tried.table === table && tried.statistics && users.has(tried.facts.system) ? [tried.facts] : [],
    ),
  ];
}

export function newest(facts: readonly TableFacts[]): TableFacts | undefined {
  return facts.reduce<TableFacts | undefined>((latest, each) => (latest && latest.at >= each.at ? latest : each), undefined);
}
