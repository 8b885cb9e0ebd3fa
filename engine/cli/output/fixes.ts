import type { FixedFile } from '../../run/workspace/fix-paths.ts';
import { plain } from './table.ts';

/** `connectors/hr.json: 3 problems fixed (2 empty-property, 1 legacy-spelling).`, a line for each file that was changed. */
export function printFixes(files: readonly FixedFile[]): string {
  return files
    .map(({ file, fixed }) => {
      const count = [...fixed.values()].reduce((sum, each) => sum + each, 0);
      const codes = [...fixed].map(([code, each]) => `${each} ${code}`).join(', ');
      return `${plain(file)}: ${count} problem${count === 1 ? '' : 's'} fixed (${codes}).\n`;
    })
    .join('');
}
