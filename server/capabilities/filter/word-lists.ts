/** How a join may begin. */
export const joins = ['join', 'left join', 'anti join', 'multiple join', 'all join'];
/** The parts that may follow the tables, in their order. */
export const clauses = ['where', 'group by', 'having', 'exclude when', 'order by', 'limit', 'append', 'lookup'];
export const valueWords = ['not', 'case', 'null', 'true', 'false', 'cast'];
export const operators = [
  'and',
  'or',
  'not',
  'in',
  'between',
  'like',
  'is null',
  'is not null',
  'collate nocase',
  'then',
  'when',
  'else',
  'end',
];
export const types = ['text', 'number', 'boolean', 'date', 'datetime'];
