import { childOf, propertiesOf, spanOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * `rest.config.test_connection` has no address.
 *
 * Why: the button that tests a connection has nothing to call, so wrong credentials show only when data is collected.
 *
 * Example: `"test_connection": {"url": "/users?take=1"}` is missing.
 */
export const noTestConnection = defineRule('no-test-connection', 'hint', ({ connector: { rest } }) => {
  const config = childOf(rest.node, 'config');
  if (config?.type !== 'object' || (rest.testUrl && rest.testUrl.text.trim() !== '')) return [];
  const url = childOf(config, 'test_connection', 'url');
  const place = propertiesOf(rest.node).findLast(({ value }) => value === config);
  const holder = propertiesOf(config).findLast(({ name }) => name.text === 'test_connection');
  return [
    {
      span: url ? spanOf(url) : (holder?.name.span ?? place?.name.span ?? spanOf(config)),
      message: 'There is no call to test a connection with. Add "test_connection": {"url": …} with a cheap call that needs the sign-in.',
    },
  ];
});
