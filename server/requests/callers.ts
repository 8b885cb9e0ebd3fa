import { callersOf, type Caller } from '../capabilities/connector/callers.ts';
import type { RequestContext } from './request.ts';

/** The systems that use an open connector, with the values of the chosen environment. */
export function callersIn({ workspaces, settings }: Pick<RequestContext, 'workspaces' | 'settings'>, uri: string): readonly Caller[] {
  const place = workspaces.placeOf(uri);
  return place ? callersOf(workspaces.view(place.folder), place.path, settings.current().environment) : [];
}
