import type { RoleReport } from '../../engine/run/roles/role-report.ts';

/** The Roles view as the history sees it. */
export interface RolesView {
  /** Shows an inspection as it was. `inspectedAt` in milliseconds since 1970. */
  showKept(folder: string, report: RoleReport, inspectedAt: number): Promise<void>;
}
