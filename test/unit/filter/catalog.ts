import { catalogOf, type Catalog, type CatalogColumn, type Relation } from '../../../engine/model/system/catalog.ts';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';

function columns(text: string): readonly CatalogColumn[] {
  return text.split(' ').map((part) => {
    const [name = '', type = 'text'] = part.split(':');
    return { name, type: type as ColumnType };
  });
}

function relation(kind: Relation['kind'], from: string, to: string): Relation {
  const ref = (text: string): Relation['from'] => {
    const [system = '', table = '', column = ''] = text.split('.');
    return { system, table, column };
  };
  return { kind, from: ref(from), to: ref(to) };
}

/** The small world all filter tests look at. */
export const catalog: Catalog = catalogOf(
  [
    {
      system: 'hr',
      table: 'persons',
      columns: columns(
        'employeeNumber firstName lastName mail departmentId:number status active:boolean startDate:date endDate:date salary:number skills:list changedAt:datetime',
      ),
      key: 'employeeNumber',
    },
    { system: 'hr', table: 'departments', columns: columns('id:number name parentId:number managerNumber'), key: 'id' },
    { system: 'directory', table: 'users', columns: columns('id userName employeeNumber mail active:boolean'), key: 'id' },
    { system: 'directory', table: 'groups', columns: columns('id displayName'), key: 'id' },
    { system: 'directory', table: 'members', columns: columns('group member'), key: 'group' },
    { system: 'my system', table: 'odd "table"; drop', columns: columns('id a"b -- 😀'), key: 'id' },
    { system: 'files', table: 'unread', columns: [] },
  ],
  [
    relation('reference', 'hr.persons.departmentId', 'hr.departments.id'),
    relation('reference', 'hr.departments.parentId', 'hr.departments.id'),
    relation('reference', 'directory.members.group', 'directory.groups.id'),
    relation('reference', 'directory.members.member', 'directory.users.id'),
    relation('inter-system', 'hr.persons.employeeNumber', 'directory.users.employeeNumber'),
  ],
);
