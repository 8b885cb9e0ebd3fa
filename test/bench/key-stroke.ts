import * as imported from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connectorSchema } from '../../schemas/connector-schema.ts';
import { checkConnector } from '../../engine/model/connector/check-connector.ts';
import { createConnectorLanguage } from '../../server/capabilities/connector/language.ts';
import { diagnosticsOf } from '../../server/convert.ts';
import { createLoneConnectors } from '../../server/lone-connectors.ts';
import { compare, type Verdict } from './figures.ts';
import type { Sample } from './samples.ts';
import { typing, type KeyStroke, type Typing } from './typing.ts';

// The package's main build is CommonJS: seen from a module it is the default export.
const library = (imported as { readonly default?: typeof imported }).default ?? imported;

/** Places typed at, of a sample. */
const places = 10;

const kinds: Readonly<Record<Typing, string>> = {
  property: 'typing a property',
  value: 'typing in a value',
  name: 'typing the name of a column',
};

/**
 * Types into a sample, and measures after every key stroke: everything we report, against the JSON language service's parse and validation with
 * the same schema; and our completion at the caret, against that service's. Each side keeps a document of its own and both are asked in turn.
 */
export async function measureKeyStrokes({ name, text }: Sample): Promise<readonly Verdict[]> {
  const size = `${Math.round(text.length / 1000)} KB`;
  console.log(`\n${name} (${size}): median and 95th percentile in ms`);
  const verdicts: Verdict[] = [];
  for (const kind of ['property', 'value', 'name'] as const) {
    const strokes = typing(text, kind, places);
    const report = compare(`report, ${kinds[kind]}`, 'JSON language service: parse, validate');
    const completion = compare(`completion, ${kinds[kind]}`, 'JSON language service: parse, complete');
    // The first places warm both sides up.
    for (const [asked, figures] of [
      ['report', report],
      ['completion', completion],
    ] as const) {
      const ask = createSides(text);
      for (const [index, stroke] of strokes.entries()) {
        if (index === Math.floor(strokes.length / 5)) figures.reset();
        await ask(stroke, asked, figures.ours, figures.theirs);
      }
    }
    report.print();
    completion.print();
    verdicts.push(
      { what: `${report.what}, ${size}`, figure: report.ratio, unit: 'times', budget: 1.5 },
      { what: `${completion.what}, ${size}`, figure: completion.ratio, unit: 'times', budget: 2 },
      { what: `${completion.what}, ${size}, 95th percentile`, figure: completion.ours.quantile(0.95), unit: 'ms', budget: 25 },
    );
  }
  return verdicts;
}

type Ask = (
  stroke: KeyStroke,
  asked: 'report' | 'completion',
  ourTimes: ReturnType<typeof compare>['ours'],
  theirTimes: ReturnType<typeof compare>['theirs'],
) => Promise<void>;

function createSides(text: string): Ask {
  const service = library.getLanguageService({});
  // The service writes into the schema it is given.
  const schema = structuredClone(connectorSchema) as imported.JSONSchema;
  service.configure({ validate: true, schemas: [{ uri: 'bench://connector', fileMatch: ['*'], schema }] });
  const language = createConnectorLanguage();
  const lone = createLoneConnectors();
  let ours = TextDocument.create('file:///ours.json', 'json', 0, text);
  let theirs = TextDocument.create('file:///theirs.json', 'json', 0, text);
  const report = (document: TextDocument): string => {
    const { json, connector } = lone(document);
    const problems = checkConnector(json, connector);
    const now = document.getText();
    return JSON.stringify(diagnosticsOf(now, problems, { uriOf: () => document.uri, textOf: () => now }));
  };
  report(ours);
  return async (stroke, asked, ourTimes, theirTimes) => {
    ours = press(ours, stroke);
    theirs = press(theirs, stroke);
    if (asked === 'report') {
      await theirTimes.time(async () => service.doValidation(theirs, service.parseJSONDocument(theirs)));
      await ourTimes.time(() => report(ours));
    } else {
      const place = theirs.positionAt(stroke.caret);
      await theirTimes.time(async () => service.doComplete(theirs, place, service.parseJSONDocument(theirs)));
      await ourTimes.time(() => language.complete(lone(ours), stroke.caret));
    }
  };
}

function press(document: TextDocument, { offset, cut, insert }: KeyStroke): TextDocument {
  const range = { start: document.positionAt(offset), end: document.positionAt(offset + cut) };
  return TextDocument.update(document, [{ range, text: insert }], document.version + 1);
}
