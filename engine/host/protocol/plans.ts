import type { DataBasis, GuardResult, MappingPlan } from '../../run/plan/plan.ts';
import type { RunInput } from './run.ts';

export interface PreviewMappingParameters extends RunInput {
  readonly mapping: string;
}

export interface MappingPreview {
  readonly plan: MappingPlan;
  readonly restsOn: readonly DataBasis[];
  readonly assumed: readonly string[];
  readonly guards: readonly GuardResult[];
}

export interface InspectRolesParameters extends RunInput {
  readonly model: string;
}
