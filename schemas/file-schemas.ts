import expectations from './expectations.schema.json' with { type: 'json' };
import lookup from './lookup.schema.json' with { type: 'json' };
import mapping from './mapping.schema.json' with { type: 'json' };
import overlay from './overlay.schema.json' with { type: 'json' };
import relations from './relations.schema.json' with { type: 'json' };
import role from './role.schema.json' with { type: 'json' };
import roleModel from './role-model.schema.json' with { type: 'json' };
import sollist from './sollist.schema.json' with { type: 'json' };
import system from './system.schema.json' with { type: 'json' };

/** The schemas of our own file kinds, by kind. The connector's, which NIM defines, is in `connector-schema.ts`. */
export const fileSchemas: Readonly<
  Record<'settings' | 'system' | 'overlay' | 'relations' | 'mapping' | 'role-model' | 'role' | 'expectations' | 'lookup', object>
> = {
  settings: sollist,
  system,
  overlay,
  relations,
  mapping,
  'role-model': roleModel,
  role,
  expectations,
  lookup,
};
