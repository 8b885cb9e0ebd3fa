import { describeCode, type ProblemCode } from './problem-code.ts';

/** Names in one file that should be found in another. */
export const nameCodes: readonly ProblemCode[] = [
  /**
   * A system names a connector that is not in `connectors/`.
   *
   * Why: the system could not be collected, and nothing about its tables is known.
   *
   * Example: `"connector": "Directroy"` for `connectors/Directory.json`.
   */
  describeCode('unknown-connector', 'error', 'names'),
  /**
   * A connection value has a name that is neither a connection item of the connector nor an input its authentication asks for.
   *
   * Why: nothing reads the value, and what it was meant for stays without one.
   *
   * Example: `"tenantid"` where the connector reads `{tenant_id}`.
   */
  describeCode('unknown-connection-item', 'error', 'names'),
  /**
   * A file names a system that is not in `systems/`, or an overlay has the name of none.
   *
   * Why: there is nothing to read from or to write to.
   *
   * Example: `"system": "directry"` in a mapping.
   */
  describeCode('unknown-system', 'error', 'names'),
  /**
   * A file or a filter names a table that its system does not have, or does not collect; in a filter also an alias that is not there.
   *
   * Why: there are no rows to take.
   *
   * Example: `from hr.person` where the table is called `persons`.
   */
  describeCode('unknown-table', 'error', 'names'),
  /**
   * A file or a filter names a column that its table does not have.
   *
   * Why: there is no value to take.
   *
   * Example: `p.fistName` where the column is called `firstName`.
   */
  describeCode('unknown-column', 'error', 'names'),
  /**
   * A mapping names an operation that its target table does not have, or one that only reads.
   *
   * Why: no request could be made from its rows.
   *
   * Example: `"operation": "user_crate"`.
   */
  describeCode('unknown-operation', 'error', 'names'),
  /**
   * In a role model: the table is no membership table, that is, its connector has no `groupmembership` in it.
   *
   * Why: it is not known how members are added and removed.
   *
   * Example: a role model over `users` instead of `members`.
   */
  describeCode('unknown-membership-table', 'error', 'names'),
  /**
   * A mapping or a role names a filter, or a lookup of one, that is not in `filters/`.
   *
   * Why: there are no rows to begin with.
   *
   * Example: `"filter": "Staff of a departement"`.
   */
  describeCode('unknown-filter', 'error', 'names'),
  /**
   * A mapping or a role model names a column that its filter does not give.
   *
   * Why: there is no value to take.
   *
   * Example: `{ "column": "mail" }` where the filter gives `email`.
   */
  describeCode('unknown-filter-column', 'error', 'names'),
  /**
   * A mapping or a role gives a value to a parameter that its filter does not declare.
   *
   * Why: the value does nothing, and the parameter that was meant keeps its default.
   *
   * Example: `"parameters": { "departement": "IT" }`.
   */
  describeCode('unknown-filter-parameter', 'error', 'names'),
  /**
   * An overlay gives columns to a child table, which the connector does not have by that name: it is made from an array of its parent.
   *
   * Why: the columns would belong to no table.
   *
   * Example: `"users_emails": { … }` in an overlay, where `emails` is an array of `users`. Give them to `users`, in that array.
   */
  describeCode('overlay-child-table', 'error', 'names'),
];
