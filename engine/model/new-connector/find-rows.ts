import { fold, singular } from './names.ts';
import type { ObjectShape, Shape } from './shape.ts';

/** Where the rows of an answer stand. */
export interface Rows {
  /** Property names from the answer down to the list; empty where the answer is the list. */
  readonly path: readonly string[];
  readonly item: Shape;
}

/** Names that lists of rows have in many APIs. */
const listNames = new Set(
  'items,data,value,values,results,result,records,entries,rows,content,contents,list,resources,objects,elements,collection,entities,hits,nodes'.split(
    ',',
  ),
);

/** What stands beside a list of rows and is no row itself. */
const besideNames = new Set(
  (
    'count,total,totalcount,totalitems,totalresults,totalsize,totalpages,totalrows,totalelements,totalrecords,itemsperpage,startindex,page,pages,pageno,pagenumber,' +
    'pagesize,perpage,limit,offset,skip,take,size,start,first,last,next,nextlink,nexturl,nextpage,nextpagetoken,nextcursor,prev,previous,links,self,' +
    'meta,metadata,pagination,paging,pageinfo,paginginfo,schemas,odatacontext,odatacount,odatanextlink,hasmore,hasnext,hasnextpage,more,cursor,cursors,token,' +
    'status,success,ok,message,error,errors,warnings,kind,etag,object,url,href,type,included,requestid,sort,timestamp,version,code,empty,numberofelements,' +
    'incompleteresults,response,pageable,facets'
  ).split(','),
);

/** Lists that are about the answer, not its rows. */
const neverRows = new Set('errors,warnings,links,included,schemas,facets,aggregations,messages,sort,fields,columns'.split(','));

const deepest = 2;

interface Candidate extends Rows {
  readonly rank: number;
}

/**
 * The list of rows in an answer: the answer itself, or the one list in it that is clearly what was asked for, by its name (`items`,
 * `value`, the resource's own) or because all else in the answer is about paging. Undefined where no list stands out.
 */
export function rowsIn(answer: Shape, resource?: string): Rows | undefined {
  if (answer.kind === 'list') return { path: [], item: answer.item };
  if (answer.kind !== 'object') return undefined;
  const [best, second] = candidatesIn(answer, [], resource).sort((a, b) => b.rank - a.rank);
  // Two that are equally likely are no obvious choice.
  return best && best.rank !== second?.rank ? { path: best.path, item: best.item } : undefined;
}

function candidatesIn(answer: ObjectShape, path: readonly string[], resource: string | undefined): Candidate[] {
  const names = answer.properties.map(({ name }) => fold(name));
  return answer.properties.flatMap(({ name, shape }): Candidate[] => {
    const here = [...path, name];
    if (shape.kind === 'object' && here.length <= deepest && !neverRows.has(fold(name))) return candidatesIn(shape, here, resource);
    if (shape.kind !== 'list' || neverRows.has(fold(name)) || shape.item.kind === 'list') return [];
    const others = names.filter((other) => other !== fold(name));
    const alone = others.every((other) => besideNames.has(other));
    // An object with a key of its own is a row, and its lists belong to it.
    if (!alone && others.some((other) => other === 'id' || other === 'uuid' || other === 'guid')) return [];
    const named = resource !== undefined && sameThing(name, resource);
    const known = listNames.has(fold(name));
    if (!named && !known && !(alone && shape.item.kind === 'object')) return [];
    const objects = shape.item.kind === 'object';
    return [{ path: here, item: shape.item, rank: (objects ? 100 : 0) + (named ? 40 : known ? 20 : 0) + (alone ? 5 : 0) - here.length }];
  });
}

function sameThing(a: string, b: string): boolean {
  return fold(singular(a)) === fold(singular(b));
}

/** A path as `output_field` and paging write it; undefined where a name in it holds a dot and so cannot be written. */
export function dotted(path: readonly string[]): string | undefined {
  return path.some((name) => name.includes('.')) ? undefined : path.join('.');
}
