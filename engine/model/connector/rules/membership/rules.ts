import type { Rule } from '../rule.ts';
import { membershipAttributeClash } from './membership-attribute-clash.ts';
import { membershipOfItself } from './membership-of-itself.ts';
import { membershipSideUnmatched } from './membership-side-unmatched.ts';
import { membershipValueMissing } from './membership-value-missing.ts';
import { membershipWithoutKey } from './membership-without-key.ts';
import { sameMembershipOperation } from './same-membership-operation.ts';
import { unknownMembershipAttribute } from './unknown-membership-attribute.ts';
import { unknownMembershipOperation } from './unknown-membership-operation.ts';
import { unknownMembershipTable } from './unknown-membership-table.ts';

/** Memberships, for roles. */
export const membershipRules: readonly Rule[] = [
  membershipAttributeClash,
  membershipOfItself,
  membershipSideUnmatched,
  membershipValueMissing,
  membershipWithoutKey,
  sameMembershipOperation,
  unknownMembershipAttribute,
  unknownMembershipOperation,
  unknownMembershipTable,
];
