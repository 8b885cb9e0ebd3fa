import { button, element } from '../dom.ts';
import { post } from '../host.ts';
import { createField } from './field.ts';
import type { FilterFrame, ParameterValues } from './questions.ts';

/** The parameters of a filter, above everything it gave: Enter runs it. */
export interface ParameterForm {
  readonly node: HTMLElement;
  /** Runs with what is written; where a value is wrong or missing it is said, and nothing runs. */
  run(): void;
}

export function createForm({ filter, parameters, given }: FilterFrame): ParameterForm {
  const fields = parameters.map((parameter) =>
    createField(parameter, Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined),
  );
  const run = (): void => {
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length > 0) {
      wrong[0]?.input.focus();
      return;
    }
    const values: Record<string, string | number | boolean | null> = {};
    for (const field of fields) {
      const value = field.value();
      if (value !== undefined) values[field.name] = value;
    }
    post({ type: 'again', parameters: values satisfies ParameterValues });
  };
  const node = element(
    'div',
    { class: 'parameters', attributes: { role: 'form', 'aria-label': `Parameters of ${filter}` } },
    ...fields.map((field) => field.node),
    button('Run', 'play', run, { class: 'button primary', attributes: { title: 'Run with these values (Enter)' } }),
  );
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)) return;
    run();
    event.preventDefault();
  });
  return { node, run };
}
