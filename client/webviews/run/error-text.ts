import type { TableOutcome } from '../../../engine/run/records.ts';
import { timeText } from './words.ts';

/** Advice for the command line; the page has buttons for the same. */
const forTheCommandLine = / Check the source; if it is right, collect again with --accept .*$/s;

/** A time as the engine writes it; a person reads that of the place. */
const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What went wrong with a table, as far as a page with buttons needs to say it; the table's name stands beside it already. */
export function errorText({ system, table, error }: TableOutcome): string | undefined {
  if (error === undefined) return undefined;
  const { message } = error;
  const name = `${system}.${table}: `;
  return (message.startsWith(name) ? message.slice(name.length) : message)
    .replace(forTheCommandLine, '')
    .replace(instant, (text) => timeText(Date.parse(text)));
}
