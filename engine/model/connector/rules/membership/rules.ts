import type { Rule } from '../rule.ts';
import { unknownMembershipAttribute } from './unknown-membership-attribute.ts';
import { unknownMembershipOperation } from './unknown-membership-operation.ts';
import { unknownMembershipTable } from './unknown-membership-table.ts';

/** Memberships, for roles. */
export const membershipRules: readonly Rule[] = [unknownMembershipAttribute, unknownMembershipOperation, unknownMembershipTable];
