import express from 'express';
import type { RequestHandler } from 'express';
import SCIMMYRouters from 'scimmy-routers';
import { declareResources } from './directory-resources.ts';
import { createDirectoryStore } from './directory-store.ts';
import { lastResort } from './last-resort.ts';
import type { System } from './running-system.ts';
import { sampleSecrets } from './sample-secrets.ts';

const mostPerPage = 200;

/** Lets a request through that names the one user and the password, by HTTP Basic. */
function requirePassword(password: string): RequestHandler {
  const expected = `${sampleSecrets.directoryUser}:${password}`;
  return (request, response, next) => {
    const [, encoded = ''] = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (Buffer.from(encoded, 'base64').toString('utf8') === expected) {
      next();
      return;
    }
    response.set('WWW-Authenticate', 'Basic realm="Directory", charset="UTF-8"');
    response.status(401).type('application/scim+json');
    response.send({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '401',
      detail: 'A valid user name and password are required.',
    });
  };
}

/**
 * Hands the query on as numbers where numbers are meant. The routers write them back into `request.query`, which express 5 makes anew
 * each time it is read, so the query has to be pinned or every request for a page is refused. No page is larger than 200.
 */
const pinQuery: RequestHandler = (request, _response, next) => {
  const query: Record<string, unknown> = { ...request.query };
  const { startIndex, count } = query;
  if (typeof startIndex === 'string' && /^-?\d+$/.test(startIndex)) query['startIndex'] = Math.max(1, Number(startIndex));
  if (typeof count === 'string' && /^-?\d+$/.test(count)) query['count'] = Math.min(Math.max(0, Number(count)), mostPerPage);
  Object.defineProperty(request, 'query', { value: query, writable: true, enumerable: true, configurable: true });
  next();
};

/** Directory: SCIM 2.0 users and groups under /scim/v2. What is written is kept until it stops. */
export function directorySystem(port: number, password: string): System {
  return {
    name: 'Directory',
    port,
    root: '/scim/v2',
    build() {
      declareResources();
      const store = createDirectoryStore();
      const application = express().disable('x-powered-by');
      application.use('/scim/v2', requirePassword(password), pinQuery);
      // The password is checked above, since the routers' own refusal lacks the challenge that HTTP asks of a 401.
      const handler = (): string => sampleSecrets.directoryUser;
      application.use('/scim/v2', new SCIMMYRouters({ type: 'basic', handler, context: () => store }));
      application.use(lastResort);
      return application;
    },
  };
}
