import type { Connector, Operation, Paging } from './connector.ts';

/** How a get operation goes from page to page: by its own block, else by the general one; undefined where it is called once. */
export function pagingFor({ rest }: Pick<Connector, 'rest'>, operation: Operation): Paging | undefined {
  return operation.paging ? (operation.ownPaging ?? rest.paging) : undefined;
}

/**
 * The handlings that know where the rows stand and how pages follow one another without being told; undefined for `generic` and anything
 * unknown.
 */
export function ownHandling({ rest }: Pick<Connector, 'rest'>): 'google' | 'azure' | undefined {
  const handling = rest.callHandling?.text;
  return handling === 'google' || handling === 'azure' ? handling : undefined;
}
