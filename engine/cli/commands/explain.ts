import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { knownCodes } from '../../model/problems/codes/all.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../../run/error.ts';
import { withExamples, type AddCommand } from '../command.ts';

/** `sollist explain <code>`: the page of the manual about a kind of problem. */
export const addExplain: AddCommand = (program, io) => {
  const command = program
    .command('explain')
    .argument('<code>', 'the code of a problem, as "sollist check" prints it')
    .description('what the code of a problem means, why it matters, and how to silence it')
    .action((code: string) => {
      io.stdout(pageOf(code));
    });
  withExamples(command, [['sollist explain unresolved-variable', 'the page of the manual']]);
};

function pageOf(code: string): string {
  if (!knownCodes.has(code)) {
    throw new SollistError(
      'unknown-code',
      `No problem has the code "${code}".${didYouMean(code, knownCodes)} "sollist check" prints the codes of what it finds.`,
    );
  }
  const folder = pagesFolder(typeof __dirname === 'string' ? __dirname : process.cwd());
  const page = folder === undefined ? undefined : join(folder, `${code}.md`);
  if (page === undefined || !existsSync(page))
    throw new SollistError(
      'file-missing',
      `The manual's page about "${code}" is not there. Install Sollist again, or run "npm run manual" in a clone.`,
    );
  return readFileSync(page, 'utf8');
}

/** The manual lies above the bundle and above the source alike. */
function pagesFolder(from: string): string | undefined {
  const folder = join(from, 'docs', 'problems');
  if (existsSync(join(folder, 'README.md'))) return folder;
  return dirname(from) === from ? undefined : pagesFolder(dirname(from));
}
