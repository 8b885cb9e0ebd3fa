import { filterFunctions } from '../../engine/model/filter/functions.ts';

/** The page of the manual that lists every function of the filter language, from what completion and hover say of them. */
export function filterFunctionsPage(): string {
  const rows = (aggregate: boolean): string =>
    filterFunctions
      .filter((one) => one.aggregate === aggregate)
      .map(({ signature, doc }) => `| \`${signature.replaceAll('|', '\\|')}\` | ${doc.replaceAll('|', '\\|')} |`)
      .join('\n');
  return `# Functions of the filter language

<!-- Written by "npm run manual" from engine/model/filter/functions.ts. -->

What is not in this list does not exist; the editor names the nearest.

| function | gives |
| --- | --- |
${rows(false)}
| \`matched(alias)\` | Whether a left-joined table has a row here. |

Over groups of rows:

| function | gives |
| --- | --- |
${rows(true)}
`;
}
