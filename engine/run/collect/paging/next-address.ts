import type { PageRequest, PagingOptions } from './strategy.ts';

/** Remembers which addresses a sequence has asked for. */
export interface NextAddresses {
  /** The request for an address that the answer of the page at `base` gave; relative addresses are resolved against that. */
  follow(next: string, base: string): PageRequest;
}

/** Throws `page-next-invalid` for what is no address, and `page-repeated` for one that was asked for before. */
export function createNextAddresses({ fail }: Pick<PagingOptions, 'fail'>): NextAddresses {
  const asked = new Set<string>();
  return {
    follow(next, base) {
      asked.add(withoutFragment(base));
      const trimmed = next.trim();
      if (!URL.canParse(trimmed, base))
        throw fail('page-next-invalid', `names "${trimmed.slice(0, 200)}" as the next page, which is no address`);
      const url = withoutFragment(new URL(trimmed, base).href);
      if (asked.has(url)) throw fail('page-repeated', 'names a next page that was asked for before, so its pages go in a circle');
      return { variables: new Map(), params: [], url };
    },
  };
}

function withoutFragment(address: string): string {
  const at = address.indexOf('#');
  return at < 0 ? address : address.slice(0, at);
}
