import { describeCode, type ProblemCode } from './problem-code.ts';

/** What `sollist export` and *Export to NIM* find in a filter. */
export const nimCodes: readonly ProblemCode[] = [
  /**
   * A filter says something that NIM's filters have no item for.
   *
   * Why: what is left out of an export would give other rows in NIM, so nothing is written.
   *
   * Example: `where p.hours + 1 > 3`. NIM does not calculate in conditions: let a script column do it, with `exclude when`.
   */
  describeCode('nim-cannot-say', 'error', 'filters'),
  /**
   * A filter uses a function, a relation option or a type that NIM may well have, but that no public export shows.
   *
   * Why: how NIM spells it is a guess after the ones that are known. Look at the filter in NIM after importing it there.
   *
   * Example: `multiple join hr.phones`, `starts_with(p.name, 'A')`, `p.leaves >= today()`.
   */
  describeCode('nim-unproven', 'warning', 'filters'),
  /**
   * A filter joins over columns between which neither the data model nor `relations.json` has a relation.
   *
   * Why: a join of NIM's names a relation. What is exported imports there only where NIM has that relation; this export does not bring it.
   *
   * Example: `join internal.users as i on i.Email = u.mail` without that relation in `relations.json`. Add it there, and it is exported, too.
   */
  describeCode('nim-relation-assumed', 'warning', 'filters'),
  /**
   * A comment says something that NIM's form of the filter has no place for.
   *
   * Why: NIM keeps notes at the top of a filter and items that are switched off; a comment elsewhere would be gone after an import there.
   *
   * Example: a comment between two conditions. Move it to the top of the filter, and it becomes NIM's notes.
   */
  describeCode('nim-left-out', 'info', 'filters'),
];
