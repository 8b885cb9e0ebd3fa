import { bindOnce } from '../filter/bind-once.ts';
import type { BoundFilter } from '../filter/bound.ts';
import type { FilterDocument, FilterParameter } from '../filter/filter.ts';
import type { FilterLibrary } from '../filter/library.ts';
import { libraryMembers } from '../script/library-members.ts';
import { sameName } from '../filter/words.ts';
import type { FilterFile, Workspace } from './workspace.ts';

/** What a library of filters was made of: it is made anew when the scripts' libraries differ. */
interface Made {
  readonly scripts: Workspace['libraries'] | undefined;
  readonly library: FilterLibrary;
}

const made = new WeakMap<Workspace['filters'], Made>();

/** The filters of a workspace, as others may name them: without regard to case, since NIM keeps the name of a parent in small letters. */
export function filterLibraryOf({ filters, libraries }: Pick<Workspace, 'filters'> & Partial<Pick<Workspace, 'libraries'>>): FilterLibrary {
  const known = made.get(filters);
  if (known && (libraries === undefined || known.scripts === libraries)) return known.library;
  const folded = new Map([...filters.values()].map((file) => [file.name.toLowerCase(), file] as const));
  const library: FilterLibrary = {
    names: [...filters.keys()],
    scriptGlobals: [...(libraries?.keys() ?? [])],
    scriptMembers(name) {
      const file = libraries?.get(name);
      return file ? libraryMembers(file) : [];
    },
    find(name) {
      const file = filters.get(name) ?? folded.get(name.toLowerCase());
      return file && { name: file.name, document: file.model, path: file.path };
    },
  };
  made.set(filters, { scripts: libraries, library });
  return library;
}

/** A filter of a workspace with its names found out; remembered as long as what it rests on is the same. */
export function bindInWorkspace(
  document: FilterDocument,
  workspace: Pick<Workspace, 'filters' | 'catalog'> & Partial<Pick<Workspace, 'libraries'>>,
): BoundFilter {
  return bindOnce(document, workspace.catalog, filterLibraryOf(workspace));
}

/** The parameters of a filter and those it takes from the filters it extends, each with the file that declares it. */
export function parametersInWorkspace(
  file: FilterFile,
  { filters }: Pick<Workspace, 'filters'>,
): readonly { readonly file: FilterFile; readonly parameter: FilterParameter }[] {
  const found: { readonly file: FilterFile; readonly parameter: FilterParameter }[] = [];
  const seen = new Set<FilterFile>();
  for (let at: FilterFile | undefined = file; at && !seen.has(at);) {
    const declaring: FilterFile = at;
    seen.add(declaring);
    for (const parameter of declaring.model.parameters) {
      if (!found.some((one) => sameName(one.parameter.name.text, parameter.name.text))) found.push({ file: declaring, parameter });
    }
    const parent = declaring.model.tree?.parent;
    const name = parent && filterLibraryOf({ filters }).find(parent.text)?.name;
    at = name === undefined ? undefined : filters.get(name);
  }
  return found;
}
