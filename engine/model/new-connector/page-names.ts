import { fold } from './names.ts';
import type { Shape } from './shape.ts';

/** What a query parameter or a field of an answer says about paging. */
export type PageRole = 'page' | 'size' | 'offset' | 'token';

const roles: ReadonlyMap<string, PageRole> = new Map(
  (
    [
      ['page', 'page,pagenumber,pageno,pagenum,pageindex,currentpage'],
      ['size', 'perpage,pagesize,limit,size,count,take,top,max,maxresults,pagelimit,rows,itemsperpage,resultsperpage,maxitems,pagecount'],
      ['offset', 'offset,skip,start,startindex,startat,pageoffset'],
      [
        'token',
        'cursor,after,startingafter,bookmark,pagetoken,nextpagetoken,nexttoken,continuationtoken,marker,pagecursor,pageafter,skiptoken,scrollid,nextcursor',
      ],
    ] as const
  ).flatMap(([role, names]) => names.split(',').map((name) => [name, role] as const)),
);

/** The role of a name; `$top`, `top` and `page[size]`, `pageSize` are each one name. */
export function pageRole(name: string): PageRole | undefined {
  return roles.get(fold(name));
}

/** Whether counting starts at 0 with such a page parameter, whatever its default says. */
export function isIndex(name: string): boolean {
  return fold(name) === 'pageindex';
}

const nextUrls = new Set('next,nextlink,nexturl,nextpageurl,nextpagelink,odatanextlink,nexthref,nextpage'.split(','));
const nextTokens = new Set(
  'nextcursor,nextpagetoken,nexttoken,continuationtoken,bookmark,endcursor,nextmarker,after,scrollid,nextpagecursor,startingafter'.split(
    ',',
  ),
);

/** A field of an answer that leads to the next page. */
export interface NextField {
  readonly kind: 'url' | 'token';
  readonly path: readonly string[];
  /** The document says that it is an address. */
  readonly address?: boolean;
}

const deepest = 3;

/** The field that leads to the next page, outside the list of rows; undefined where none is seen. */
export function nextFieldIn(answer: Shape, kind?: NextField['kind']): NextField | undefined {
  const found: NextField[] = [];
  const visit = (shape: Shape, path: readonly string[]): void => {
    if (shape.kind !== 'object' || path.length >= deepest) return;
    for (const { name, shape: inner, address } of shape.properties) {
      const here = [...path, name];
      const folded = fold(name);
      if (inner.kind === 'scalar' && inner.type === 'string') {
        const below = fold(path.at(-1) ?? '');
        if (nextUrls.has(folded) || (below === 'next' && (folded === 'href' || folded === 'link')))
          found.push({ kind: 'url', path: here, ...(address === true && { address }) });
        else if (nextTokens.has(folded)) found.push({ kind: 'token', path: here });
      } else visit(inner, here);
    }
  };
  visit(answer, []);
  return found.filter((field) => kind === undefined || field.kind === kind).sort((a, b) => a.path.length - b.path.length)[0];
}
