/** A department as HR tells it. */
export type Department = {
  readonly id: string;
  readonly name: string;
  /** Null at the root. */
  readonly parentId: string | null;
};

type Row = readonly [id: string, name: string, parentId: string | null, seats: number, titles: string];

/** Seats say how many persons in a hundred or so work right there, not below it. */
const rows: readonly Row[] = [
  ['D01', 'Halden & Brook', null, 0, 'Chief Executive'],
  ['D02', 'IT', 'D01', 2, 'IT Architect, IT Coordinator'],
  ['D03', 'Sales', 'D01', 3, 'Sales Planner, Sales Assistant'],
  ['D04', 'HR', 'D01', 3, 'HR Adviser, HR Business Partner'],
  ['D05', 'Finance', 'D01', 2, 'Controller, Financial Analyst'],
  ['D06', 'Operations', 'D01', 3, 'Operations Planner, Quality Officer'],
  ['D07', 'Legal', 'D01', 3, 'Legal Counsel, Paralegal'],
  ['D08', 'Research', 'D01', 4, 'Researcher, Research Assistant'],
  ['D09', 'Infrastructure', 'D02', 3, 'System Engineer, Cloud Engineer'],
  ['D10', 'Networks', 'D09', 3, 'Network Engineer, Network Technician'],
  ['D11', 'Workplace', 'D09', 3, 'Workplace Engineer, Device Specialist'],
  ['D12', 'Development', 'D02', 2, 'Software Engineer, Test Engineer'],
  ['D13', 'Platform', 'D12', 5, 'Software Engineer, Reliability Engineer'],
  ['D14', 'Applications', 'D12', 7, 'Software Engineer, Application Manager, Product Owner'],
  ['D15', 'Service Desk', 'D02', 5, 'Service Desk Agent, Service Desk Analyst'],
  ['D16', 'Sales North', 'D03', 8, 'Account Manager, Sales Representative'],
  ['D17', 'Sales Süd', 'D03', 7, 'Account Manager, Sales Representative'],
  ['D18', 'Customer Success', 'D03', 6, 'Customer Success Manager, Onboarding Specialist'],
  ['D19', 'Accounting', 'D05', 5, 'Accountant, Accounts Payable Clerk'],
  ['D20', 'Payroll', 'D05', 3, 'Payroll Specialist, Payroll Clerk'],
  ['D21', 'Logistics', 'D06', 6, 'Logistics Planner, Dispatcher'],
  ['D22', 'Warehouse', 'D21', 12, 'Warehouse Operative, Forklift Driver, Stock Controller'],
  ['D23', 'Facilities', 'D06', 5, 'Facilities Technician, Receptionist'],
  ['D24', 'Data Science', 'D08', 4, 'Data Scientist, Data Analyst'],
  ['D25', "Director's Office", 'D01', 2, "Executive Assistant, Director's Secretary"],
  ['D26', 'Recruiting', 'D04', 3, 'Recruiter, Talent Scout'],
];

/** The departments, the root first: a tree four levels deep. */
export const departments: readonly Department[] = rows.map(([id, name, parentId]) => ({ id, name, parentId }));

/** Department ids, each as often as it has seats: picking one at random fills the departments as they are in life. */
export const seats: readonly string[] = rows.flatMap(([id, , , count]) => Array.from({ length: count }, () => id));

/** What people in the department are called who do not lead it. */
export function titlesIn(departmentId: string | null): readonly string[] {
  const row = rows.find(([id]) => id === departmentId);
  return row ? row[4].split(', ') : ['Consultant'];
}

/** The department directly under the root that this one belongs to; undefined for the root itself and for none. */
export function mainDepartment(departmentId: string | null): string | undefined {
  const department = departments.find(({ id }) => id === departmentId);
  if (!department || department.parentId === null) return undefined;
  return department.parentId === 'D01' ? department.id : mainDepartment(department.parentId);
}
