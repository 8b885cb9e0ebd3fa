import { report, type Verdict } from './figures.ts';
import { measureKeyStrokes } from './key-stroke.ts';
import { samples } from './samples.ts';
import { measureWorkspace } from './workspace.ts';

const verdicts: Verdict[] = [];
for (const sample of samples()) verdicts.push(...(await measureKeyStrokes(sample)));
verdicts.push(...(await measureWorkspace()));
console.log('');
process.exitCode = report(verdicts) ? 0 : 1;
