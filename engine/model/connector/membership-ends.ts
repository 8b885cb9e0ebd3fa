import type { Membership } from './connector.ts';

/** The two ends of a membership: the table it refers to, and what it hands over of that table's row. */
export function membershipEnds(membership: Membership): readonly (readonly [Membership['memberTable'], Membership['memberAttributes']])[] {
  return [
    [membership.memberTable, membership.memberAttributes],
    [membership.groupTable, membership.groupAttributes],
  ];
}
