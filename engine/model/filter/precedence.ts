/** How tightly operators bind, loosest first: reading and printing must agree. */
export const levels = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, concat: 7, collate: 8, negative: 9 } as const;

/** The level of each arithmetic operator. */
export const arithmeticLevels: Readonly<Record<string, number>> = {
  '+': levels.sum,
  '-': levels.sum,
  '*': levels.product,
  '/': levels.product,
  '||': levels.concat,
};
