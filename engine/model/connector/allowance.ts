import type { Operation } from './connector.ts';

/** How an operation takes a column: what its lists name, else its default. */
export function allowanceOf(operation: Operation, column: string): Operation['allowanceDefault'] {
  if (operation.mandatory.some(({ text }) => text === column)) return 'mandatory';
  if (operation.prohibited.some(({ text }) => text === column)) return 'prohibited';
  return operation.allowanceDefault;
}
