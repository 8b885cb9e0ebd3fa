import { splitRecords } from './split-records.ts';

const candidates = [',', ';', '\t', '|'] as const;

/** Records that are compared. */
const looked = 50;

/** How a text divides its cells: what divides most records into as many cells as the first has; more cells weigh more. */
export function findDelimiter(
  text: string,
  quote: string | undefined,
  whole: boolean,
): { readonly delimiter: string; readonly sure: boolean } {
  let best: { readonly delimiter: string; readonly agree: number; readonly cells: number } | undefined;
  for (const delimiter of candidates) {
    const records = splitRecords(text, { delimiter, ...(quote !== undefined && { quote }) }, whole, looked);
    const cells = records[0]?.cells.length ?? 0;
    if (cells < 2) continue;
    const agree = records.filter((record) => record.cells.length === cells).length / records.length;
    if (!best || agree > best.agree || (agree === best.agree && cells > best.cells)) best = { delimiter, agree, cells };
  }
  if (best) return { delimiter: best.delimiter, sure: best.agree === 1 };
  // One column: any that does not stand in the text, so that it divides nothing.
  return { delimiter: candidates.find((one) => !text.includes(one)) ?? ',', sure: false };
}
