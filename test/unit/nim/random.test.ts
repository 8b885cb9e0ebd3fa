import fc from 'fast-check';
import { describe, it } from 'vitest';
import { all, named, parameters } from './arbitrary.ts';
import { dataColumn, nimFilter, start } from '../../support/nim-json.ts';
import { nimExport } from '../../support/nim-shop.ts';
import { exportOf, expectSameAgain } from './round-trip.ts';

describe('any filter of NIM', () => {
  it('exported and imported again is the same text, and so the same tree', () => {
    fc.assert(
      fc.property(all('persons', 4), fc.boolean(), (item, grouped) => {
        let count = 0;
        const root = named(start('Staff', 'persons', [item]), () => `t${++count}`);
        const columns = [dataColumn('persons.number'), ...(count > 0 ? [dataColumn('persons.name', 't.name')] : [])];
        const more = { params: parameters, group: { enabled: grouped, count: 1, field: 'persons.number' } };
        expectSameAgain(exportOf(nimExport([nimFilter('F', root, columns, more)])));
      }),
      { numRuns: 300 },
    );
  });
});
