import { didYouMean } from '../text/nearest.ts';
import { authenticationKinds, isAuthenticationKind, type AuthenticationKind } from './sign-in.ts';
import { isPagingKind, pagingKinds, type PagingKind } from './paging.ts';

/** A sentence about a name that cannot be used, or the name itself. */
export type Checked<Name> = { readonly kind: 'good'; readonly name: Name } | { readonly kind: 'bad'; readonly message: string };

/** The name of a system type: it becomes a file name on Windows and elsewhere. */
export function checkTypeName(text: string): Checked<string> {
  const name = text.trim().replace(/\.json$/i, '');
  if (name === '') return bad('The connector needs a name: that of the system type, such as HelloID.');
  if (/[\\/:*?"<>|\u0000-\u001f]/.test(name) || /^\.|[. ]$/.test(name) || name.length > 100) {
    return bad(`"${name}" cannot be the name of a file. Use letters, digits, spaces, dots, - and _.`);
  }
  return { kind: 'good', name };
}

/** A kind of sign-in by its name. */
export function checkAuthentication(text: string): Checked<AuthenticationKind> {
  if (isAuthenticationKind(text)) return { kind: 'good', name: text };
  return bad(unknown('kind of authentication', text, Object.keys(authenticationKinds)));
}

/** A way of paging by its name. */
export function checkPaging(text: string): Checked<PagingKind> {
  if (isPagingKind(text)) return { kind: 'good', name: text };
  return bad(unknown('way of paging', text, Object.keys(pagingKinds)));
}

function unknown(what: string, text: string, names: readonly string[]): string {
  return `There is no ${what} "${text}".${didYouMean(text, names)} There are: ${names.join(', ')}.`;
}

function bad(message: string): { readonly kind: 'bad'; readonly message: string } {
  return { kind: 'bad', message };
}
