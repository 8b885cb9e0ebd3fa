import { exportFrom, exportOneFilter, exportText } from '../../run/nim/export-from.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { Run } from './run.ts';

/** Makes what NIM imports, with the texts of the editor; who asked writes it. */
export const exportNim: Run<'exportNim'> = ({ filter }, { open }) => {
  const now = systemClock.now();
  const { export: made, notes, kept, made: count } = filter === undefined ? exportFrom(open, now) : exportOneFilter(open, filter, now);
  return { ...(made && { text: exportText(made) }), notes, kept, made: count };
};
