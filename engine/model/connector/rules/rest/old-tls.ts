import { childOf, spanOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * `sslLegacyProtocols` allows versions of TLS that are broken.
 *
 * Why: the connection is encrypted in name only. It is for servers that know no better, and such a server should be renewed.
 *
 * Example: `"sslLegacyProtocols": true`.
 */
export const oldTls = defineRule('old-tls', 'hint', ({ connector }) => {
  const place = childOf(connector.rest.node, 'config', 'sslLegacyProtocols');
  if (place?.value !== true) return [];
  return [
    {
      span: spanOf(place),
      message: 'Old versions of TLS can be read by others. Write false, unless the server knows no newer one.',
      fixes: [{ title: 'Change to false', span: spanOf(place), text: 'false' }],
    },
  ];
});
