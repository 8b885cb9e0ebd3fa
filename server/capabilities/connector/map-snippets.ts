import type { JsonSchema } from '../../../schemas/connector-schema.ts';

/** One entry for a map, as a snippet. */
export interface MapSnippet {
  readonly label: string;
  readonly description: string;
  readonly text: string;
}

interface SchemaSnippet {
  readonly label: string;
  readonly description: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The snippets of a map's schema, each without the braces around it: what stands inside is one entry. */
export function mapSnippets(schema: JsonSchema): readonly MapSnippet[] {
  const { defaultSnippets = [] } = schema as { readonly defaultSnippets?: readonly SchemaSnippet[] };
  return defaultSnippets.map(({ label, description, body }) => ({
    label,
    description,
    text: Object.entries(body)
      .map(([name, value]) => `${JSON.stringify(name)}: ${write(value)}`)
      .join(',\n'),
  }));
}

/**
 * Indented JSON whose braces do not end a placeholder: those of a text's own variables are plain text to a snippet, since `{name}` begins
 * no placeholder without a dollar sign.
 */
function write(value: unknown): string {
  return JSON.stringify(value, null, '\t');
}
