import type { ColumnType } from './connector.ts';

/** The specifier that a connector gives a column of each type. */
export const writtenType: Readonly<Record<ColumnType, unknown>> = {
  text: 'string*',
  number: 'number*',
  boolean: 'boolean*',
  date: 'date*',
  datetime: 'datetime*',
  list: ['string*'],
};
