import type { Template, Variable } from '../../template.ts';

/** The variables of an address that stand in its path, before any `?`: without a value they leave a segment empty. */
export function pathVariables(template: Template): readonly Variable[] {
  const found: Variable[] = [];
  for (const part of template.parts) {
    if (part.kind === 'variable') found.push(part.variable);
    else if (part.text.includes('?')) break;
  }
  return found;
}
