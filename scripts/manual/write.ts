import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../editor/paths.ts';
import { corpusFolder, readCorpus } from './corpus.ts';
import { exampleReport } from './example-report.ts';
import { filterFunctionsPage } from './filter-functions.ts';
import { problemPages } from './pages.ts';
import { readCodes } from './read-codes.ts';

/** Writes the generated parts of the manual: `docs/problems`, and the example report where the shipped connectors are at hand. */
const folder = join(root, 'docs/problems');
const pages = problemPages(readCodes());
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
console.log(`${pages.size} pages in docs/problems.`);
writeFileSync(join(root, 'docs/filter-functions.md'), filterFunctionsPage());
const corpus = readCorpus();
if (corpus) {
  writeFileSync(join(root, 'docs/example-report.md'), exampleReport(corpus));
  console.log(`docs/example-report.md, from ${corpus.size} connectors.`);
} else console.log(`docs/example-report.md stays as it is: there are no connectors at ${corpusFolder()}. Set SOLLIST_CORPUS.`);
