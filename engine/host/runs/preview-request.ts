import { previewOperation } from '../../run/plan/preview-operation.ts';
import type { Run } from './run.ts';

/** Renders the request of one operation; sends nothing. */
export const preview: Run<'previewRequest'> = ({ connector, system, table, operation }, scope) =>
  previewOperation(scope.open, { ...(system === undefined ? { connector } : { system }), table, operation }, scope.env);
