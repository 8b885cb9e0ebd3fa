import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, of every rung that runs several at once; a list that is out of date costs time and nothing else. */
const slowest = [
  'unit/connector/mutilated.test.ts',
  'unit/references/rename.property.test.ts',
  'unit/connector/mutilated-served.test.ts',
  'unit/text/syntax.test.ts',
  'unit/text/patch-json.test.ts',
  'unit/filter/differential.test.ts',
  'protocol/collected.test.ts',
  'protocol/engine.test.ts',
  'protocol/diagnostics.test.ts',
  'systems/kill.test.ts',
  'systems/scripts-limits.test.ts',
  'systems/collect-files.test.ts',
  'webview/accessibility.test.ts',
  'webview/filter-pages.test.ts',
];

/**
 * Where nothing is known of earlier runs, as in a fresh clone, the runner takes large files first, and a small one that takes long may be
 * the last, alone on one core. This takes those named above first, then goes by what is known or by size.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = slowest.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return place < 0 ? slowest.length : place;
    };
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}
