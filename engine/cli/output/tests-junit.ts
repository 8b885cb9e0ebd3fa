import type { SystemTest, TableTest, TestReport } from '../../run/expect/test-report.ts';

/**
 * Tests as JUnit XML, which most build servers read: a suite a table, a case an expectation. The form has no standard; this is the part all
 * readers agree on.
 */
export function testsAsJunit({ systems }: TestReport): string {
  const suites = systems.flatMap((test) =>
    test.tables.length === 0 ? [emptySuite(test)] : test.tables.map((table) => suite(test, table)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suite({ system, file, startedAt, endedAt }: SystemTest, { table, error, expectations }: TableTest): string {
  const name = `${system}.${table}`;
  const cases = expectations.map(({ title, state, place, failures }) => {
    const inside =
      state === 'errored'
        ? `<error message="${escape(error ?? 'It could not be judged.')}"/>`
        : failures
            .map(
              ({ message, expected, actual }) =>
                `<failure message="${escape(message)}">${escape(`expected: ${expected}\nactual: ${actual}`)}</failure>`,
            )
            .join('');
    return `    <testcase classname="${escape(name)}" name="${escape(title)}" file="${escape(file)}" line="${place.line}">${inside}</testcase>\n`;
  });
  const count = (state: string): number => expectations.filter((one) => one.state === state).length;
  const counts = `tests="${expectations.length}" failures="${count('failed')}" errors="${count('errored')}"`;
  return `  <testsuite name="${escape(name)}" ${counts} time="${((endedAt - startedAt) / 1000).toFixed(3)}">\n${cases.join('')}  </testsuite>\n`;
}

/** A system of which not one table is known must not vanish. */
function emptySuite({ system, error }: SystemTest): string {
  const message = escape(error?.message ?? 'It could not be judged.');
  const one = `    <testcase classname="${escape(system)}" name="expectations"><error message="${message}"/></testcase>\n`;
  return `  <testsuite name="${escape(system)}" tests="1" failures="0" errors="1">\n${one}  </testsuite>\n`;
}

/** XML 1.0 has no place for control characters, and none for halves of characters. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
