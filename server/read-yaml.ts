import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';

const schema = CORE_SCHEMA.withTags(mergeTag);

/** Reads YAML 1.2 into plain values, with merge keys but without dates. Throws where the text is no YAML. */
export function readYaml(text: string): unknown {
  return load(text, { schema });
}
