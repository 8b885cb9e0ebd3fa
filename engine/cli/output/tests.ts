import type { ExpectationTest, SystemTest, TableTest, TestReport, TestState } from '../../run/expect/test-report.ts';
import { createStyle, type Style } from './style.ts';
import { plain } from './table.ts';
import { testsForGithub } from './tests-github.ts';
import { testsAsJunit } from './tests-junit.ts';

/** Tests for a person, a program, or one of the places that show results of tests. */
export function printTests(report: TestReport, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`;
  if (format === 'github') return testsForGithub(report);
  if (format === 'junit') return testsAsJunit(report);
  const style = createStyle(colour);
  return `${report.systems.map((test) => systemText(test, style)).join('\n')}${summary(report, style)}`;
}

/** Why something could not be judged, each once. */
export function testErrors({ systems }: TestReport): readonly string[] {
  const messages = systems.flatMap(({ error, tables }) => (error ? [error.message] : tables.flatMap((table) => table.error ?? [])));
  return [...new Set(messages.map(plain))];
}

function systemText(test: SystemTest, style: Style): string {
  const { system, source, tables, error, startedAt, endedAt } = test;
  const seconds = ((endedAt - startedAt) / 1000).toFixed(2);
  const on =
    source === undefined
      ? ''
      : source.kind === 'live'
        ? ' live'
        : source.kind === 'replay'
          ? ` on ${source.recording}`
          : ` on ${source.folder}`;
  const head = `${style.bold(plain(system))}${style.dim(`${plain(on)} in ${seconds} s`)}\n`;
  if (error) return `${head}  ${mark('errored', style)} ${style.red(plain(error.message))}\n`;
  return `${head}${tables.map((table) => tableText(test, table, style)).join('')}`;
}

function tableText({ file }: SystemTest, { table, state, error, collected, expectations }: TableTest, style: Style): string {
  const failed = expectations.filter((one) => one.state === 'failed');
  const rows = collected ? `${collected.rows} row${collected.rows === 1 ? '' : 's'}, ` : '';
  const count =
    failed.length === 0
      ? `${expectations.length} expectation${expectations.length === 1 ? '' : 's'} met`
      : `${failed.length} of ${expectations.length} failed`;
  const line = error === undefined ? style.dim(`${rows}${count}`) : style.red(plain(error));
  return `  ${mark(state, style)} ${plain(table)}  ${line}\n${failed.map((one) => failureText(file, one, style)).join('')}`;
}

function failureText(file: string, { title, failures }: ExpectationTest, style: Style): string {
  return failures
    .map(
      ({ message, place }) =>
        `      ${style.red(plain(title))}\n        ${plain(message)}\n        ${style.dim(`${plain(file)}:${place.line}:${place.column}`)}\n`,
    )
    .join('');
}

function mark(state: TestState, style: Style): string {
  return state === 'passed' ? style.green('✓') : state === 'failed' ? style.red('✗') : style.yellow('?');
}

function summary({ systems }: TestReport, style: Style): string {
  const all = systems.flatMap(({ tables }) => tables.flatMap(({ expectations }) => expectations));
  const count = (state: TestState): number => all.filter((one) => one.state === state).length;
  const [passed, failed, errored] = [count('passed'), count('failed'), count('errored')];
  const parts = [
    `${passed} met`,
    ...(failed > 0 ? [style.red(`${failed} failed`)] : []),
    ...(errored > 0 ? [style.yellow(`${errored} not judged`)] : []),
  ];
  return `\n${parts.join(', ')}\n`;
}
