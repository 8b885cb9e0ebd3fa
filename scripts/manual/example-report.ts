import { checkConnector } from '../../engine/model/connector/check-connector.ts';
import { readConnector } from '../../engine/model/connector/read-connector.ts';
import { parseJson } from '../../engine/model/text/json.ts';
import type { Problem, Severity } from '../../engine/model/text/problem.ts';

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `docs/example-report.md`: what is found in shipped connectors, as counts and one sentence for each code. */
export function exampleReport(corpus: ReadonlyMap<string, string>): string {
  const found = [...corpus].flatMap(([file, text]) => {
    const document = parseJson(text, { strict: true });
    return checkConnector(document, readConnector(document.root)).map((problem) => ({ file, ...problem }));
  });
  const files = [...corpus.keys()];
  const lines = [...corpus.values()].reduce((sum, text) => sum + text.split('\n').length, 0);
  const codes = [...new Set(found.map(({ code }) => code))].sort();
  const count = (of: (problem: Problem & { readonly file: string }) => boolean): string => String(found.filter(of).length || '');
  const total = (severity: Severity): string => {
    const number = found.filter((one) => one.severity === severity).length;
    return `${number} ${severity}${number === 1 ? '' : 's'}`;
  };
  const perFile = files.map(
    (file) => `| ${file} | ${order.map((severity) => count((one) => one.file === file && one.severity === severity)).join(' | ')} |\n`,
  );
  const perCode = codes.map(
    (code) =>
      `| [\`${code}\`](problems/${code}.md) | ${files.map((file) => count((one) => one.file === file && one.code === code)).join(' | ')} | ${count((one) => one.code === code)} |\n`,
  );
  const sentences = codes.map((code) => {
    const first = found.find((one) => one.code === code);
    return `- \`${code}\` in ${first?.file ?? ''}: ${escapeMarkdown(first?.message ?? '')}\n`;
  });
  return `# What is found in ${files.length} shipped connectors

These connectors are in use as their vendor ships them: ${lines.toLocaleString('en')} lines of JSON. \`sollist check\` finds
${list(order.map(total).filter((text) => !text.startsWith('0 ')))} in them. This page is written by \`npm run manual\`.

## By file

| file | ${order.map((severity) => `${severity}s`).join(' | ')} |
| --- | ${order.map(() => '---:').join(' | ')} |
${perFile.join('')}
## By code

| code | ${files.map((file) => file.replace(/\.json$/, '')).join(' | ')} | all |
| --- | ${files.map(() => '---:').join(' | ')} | ---: |
${perCode.join('')}
## One of each

${sentences.join('')}`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[<>*_`|]/g, String.raw`\$&`);
}
