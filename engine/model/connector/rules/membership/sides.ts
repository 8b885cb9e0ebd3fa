import type { AttributePair, Membership } from '../../connector.ts';
import type { Name } from '../../../text/problem.ts';

/** The two sides of a membership. */
export interface MembershipSide {
  readonly kind: 'member' | 'group';
  readonly table: Name | undefined;
  readonly pairs: readonly AttributePair[];
}

export function sidesOf(membership: Membership): readonly MembershipSide[] {
  return [
    { kind: 'member', table: membership.memberTable, pairs: membership.memberAttributes },
    { kind: 'group', table: membership.groupTable, pairs: membership.groupAttributes },
  ];
}
