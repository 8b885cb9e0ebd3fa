import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { departments } from './data/departments.ts';
import { colleagues } from './data/persons.ts';
import { hrAuthorization, requireToken } from './hr-token.ts';
import { lastResort } from './last-resort.ts';
import type { System } from './running-system.ts';

/** A whole number from the query, or undefined after answering 400. */
function whole(
  request: Request,
  response: Response,
  name: string,
  range: { least: number; most: number; otherwise: number },
): number | undefined {
  const { least, most, otherwise } = range;
  const text = request.query[name];
  if (text === undefined) return otherwise;
  const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const upTo = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  response.status(400).json({ error: 'invalid_request', message: `${name} must be a whole number ${upTo}.` });
  return undefined;
}

const listPersons: RequestHandler = (request, response) => {
  const skip = whole(request, response, 'skip', { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: 0 });
  if (skip === undefined) return;
  const take = whole(request, response, 'take', { least: 1, most: 200, otherwise: 50 });
  if (take === undefined) return;
  const items = colleagues.slice(skip, skip + take).map(({ person }) => person);
  response.json({ items, total: colleagues.length });
};

const listDepartments: RequestHandler = (request, response) => {
  const page = whole(request, response, 'page', { least: 1, most: Number.MAX_SAFE_INTEGER, otherwise: 1 });
  if (page === undefined) return;
  const pageSize = whole(request, response, 'pageSize', { least: 1, most: 100, otherwise: 10 });
  if (pageSize === undefined) return;
  response.json({ departments: departments.slice((page - 1) * pageSize, page * pageSize), page, pageSize });
};

const listContracts: RequestHandler = (request, response) => {
  const found = colleagues.find(({ person }) => person.id === request.params['id']);
  if (found) response.json({ contracts: found.contracts });
  else response.status(404).json({ error: 'not_found', message: 'There is no such person.' });
};

/** HR: persons, departments and contracts to read under /api/v1, with a token from /oidc/token. */
export function hrSystem(port: number, secret: string): System {
  return {
    name: 'HR',
    port,
    root: '/api',
    build(baseUrl) {
      const authorization = hrAuthorization(`${baseUrl}/oidc`, secret);
      const application = express().disable('x-powered-by');
      application.use('/oidc', authorization.callback());
      application.use('/api/v1', requireToken(authorization));
      application.get('/api/v1/persons', listPersons);
      application.get('/api/v1/departments', listDepartments);
      application.get('/api/v1/persons/:id/contracts', listContracts);
      application.use((_request, response) => void response.status(404).json({ error: 'not_found', message: 'There is nothing here.' }));
      application.use(lastResort);
      return application;
    },
  };
}
