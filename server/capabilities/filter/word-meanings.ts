/** Words of the filter language with what they mean. */
const meanings: Readonly<Record<string, string>> = {
  join: 'Keeps rows that have a match; a row with several matches comes several times.',
  'left join': 'Keeps every row; columns of a table without a match are null. `matched(alias)` tells.',
  'anti join': 'Keeps rows that have no match.',
  'multiple join': 'Keeps rows that have at least two matches.',
  'all join': 'Keeps rows that match every row of the other table.',
  where: 'Keeps rows for which the condition is true.',
  'group by': 'Makes one row of all rows that agree in these columns.',
  having: 'Keeps groups for which the condition is true.',
  'exclude when': 'Drops rows by a script column, after the scripts ran.',
  'order by': 'Sorts the rows; `desc` behind a column turns its order round.',
  limit: 'At most so many rows.',
  append: 'Adds the rows of another filter, column by column of the same name.',
  lookup:
    'Keeps (`include`) or drops (`exclude`) rows whose column is found in a column of any table; mappings and roles name it as `Filter[lookup]`.',
  not: 'True when the condition is false.',
  case: '`case when condition then value else value end`.',
  null: 'No value.',
  true: 'The boolean value.',
  false: 'The boolean value.',
  cast: '`cast(value as type)`: null where the value is not of that type.',
  and: 'True when both conditions are.',
  or: 'True when one of the conditions is.',
  in: 'True when the value is one of a list: `in (1, 2)`.',
  between: 'True from the first value to the second, both included.',
  like: 'Compares text with a pattern: `%` stands for any text, `_` for one character. Case counts.',
  'is null': 'True when there is no value.',
  'is not null': 'True when there is a value.',
  'collate nocase': 'Compares without regard to upper and lower case, for all of Unicode.',
  then: 'The value when the condition before it is true.',
  when: 'A condition of a `case`.',
  else: 'The value when no condition is true.',
  end: 'The end of a `case`.',
  text: 'Text.',
  number: 'A number.',
  boolean: '`true` or `false`.',
  date: "A day: `'2026-01-31'`.",
  datetime: "A moment: `'2026-01-31T08:00:00Z'`.",
};

/** What a word means, as Markdown; undefined for one that is none of the language's own. */
export function meaningOfWord(word: string): string | undefined {
  return Object.hasOwn(meanings, word) ? meanings[word] : undefined;
}
