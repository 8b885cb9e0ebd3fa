import { describe, expect, test } from 'vitest';
import { makeMembership } from '../../../../engine/model/connector/refactor/make-membership.ts';
import { addOperations, missingOperations } from '../../../../engine/model/connector/refactor/missing-operations.ts';
import { extractItem } from '../../../../engine/model/connector/refactor/extract-item.ts';
import { fixSafely } from '../../../../engine/model/problems/safe-fixes.ts';
import type { JsonNode } from '../../../../engine/model/text/json.ts';
import { checkText, openConnector } from '../../../support/connector.ts';
import { corpusConnectors } from '../../../support/corpus.ts';
import { applySoundly } from './support.ts';

const corpus = corpusConnectors();

describe.skipIf(corpus.length === 0)('in the shipped connectors', () => {
  test.each(corpus)('what is made of the tables of $name has no errors', ({ text }) => {
    const { connector } = openConnector(text);
    for (const table of connector.tables) {
      const missing = missingOperations(connector, table);
      if (missing.length > 0) applySoundly(text, [addOperations(text, table, missing)]);
      const membership = makeMembership(connector, table, text);
      if (membership) applySoundly(text, membership);
    }
  });

  test.each(corpus)('every text of $name that can be extracted is', ({ text }) => {
    const { connector, json } = openConnector(text);
    const texts = stringsIn(json.root);
    // Spread over the file; a check of each of thousands would take minutes.
    const some = texts.filter((_, index) => index % Math.ceil(texts.length / 60) === 0);
    for (const { offset } of some) {
      const found = extractItem(connector, text, { offset: offset + 1, length: 0 });
      if (found) applySoundly(text, found.all?.edits ?? found.edits);
    }
  });

  test.each(corpus)('the safe repairs of $name leave nothing but what they cannot repair', ({ name, text }) => {
    let current = text;
    for (let round = 0; round < 5; round++) current = fixSafely({ path: name, text: current }, checkText(current)).text;
    expect(fixSafely({ path: name, text: current }, checkText(current)).taken).toEqual([]);
    const codes = (of: string): readonly string[] =>
      checkText(of)
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ code }) => code);
    expect(codes(current).length).toBeLessThanOrEqual(codes(text).length);
  });
});

function stringsIn(node: JsonNode | undefined): readonly JsonNode[] {
  if (!node) return [];
  if (node.type === 'property') return stringsIn(node.children?.[1]);
  return node.type === 'string' ? [node] : (node.children ?? []).flatMap(stringsIn);
}
