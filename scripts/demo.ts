import { styleText } from 'node:util';
import { ensureBuilt } from './build.ts';
import { proveNoWrite, steps } from './demo/steps.ts';
import { openStage } from './demo/stage.ts';

// Walks the whole chain on the sample workspace: real servers, a real vault, the real command line, nothing written, nothing left behind.
const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const bold = (text: string): string => (colour ? styleText('bold', text, { validateStream: false }) : text);
const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

const startedAt = performance.now();
await ensureBuilt();
const stage = await openStage(colour);
let failed: unknown;
try {
  console.log(bold('\nSollist, from two APIs to a plan\n'));
  console.log('  Two sample systems run on this machine: HR (paged REST, OAuth 2) and Directory (SCIM 2.0),');
  console.log('  500 people with the flaws of life. Nothing below is canned, and nothing is written to a target.');
  for (const [index, step] of steps.entries()) {
    console.log(bold(`\n${index + 1}. ${step.title}\n`));
    await step.show(stage, (text) => void process.stdout.write(indent(text)));
  }
  console.log(bold('\n✓ Nothing was written.'));
  console.log(`  ${proveNoWrite(stage)}`);
  console.log(`  The whole walk took ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
  console.log('  Next: npm run editor opens this workspace in VS Code; npm run -s sollist -- --help lists the commands.\n');
} catch (error) {
  failed = error;
} finally {
  await stage.close();
}
if (failed !== undefined) {
  console.error(`\nThe demo did not go as it should: ${failed instanceof Error ? failed.message : JSON.stringify(failed)}`);
  process.exitCode = 1;
}
