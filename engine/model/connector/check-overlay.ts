import type { JsonDocument } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';
import { factsOf } from './facts.ts';
import { readConnector } from './read-connector.ts';
import { duplicateKey } from './rules/structure/duplicate-key.ts';
import { unknownType } from './rules/tables/unknown-type.ts';

/** What connectors and overlays can have wrong alike. What an overlay may hold besides columns, its schema says. */
const shared = [duplicateKey, unknownType];

/** What is wrong with an overlay as far as it can be told without the connector it is laid over. */
export function checkOverlay(document: JsonDocument): readonly Problem[] {
  if (!document.whole) return [];
  const connector = readConnector(document.root);
  return shared.flatMap((rule) => rule.check({ document, connector, facts: factsOf(connector), path: '' }));
}
