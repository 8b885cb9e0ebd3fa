/** Directory groups that come with the directory and keep it running; managing them has locked people out. */
const builtIn = new Set(
  [
    'Administrators',
    'Domain Admins',
    'Enterprise Admins',
    'Schema Admins',
    'Backup Operators',
    'Account Operators',
    'Server Operators',
    'Print Operators',
    'Domain Controllers',
    'Domain Users',
    'Group Policy Creator Owners',
    'Key Admins',
    'Protected Users',
    'Replicator',
  ].map((name) => name.toLowerCase()),
);

export function isBuiltInGroup(name: string): boolean {
  return builtIn.has(name.trim().toLowerCase());
}
