import type { ErrorRequestHandler } from 'express';

/** Answers a request that nothing else could, in a sentence: express itself would send and print a stack trace. */
export const lastResort: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (response.headersSent) return void response.end();
  const status = typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 500;
  const message = status < 500 ? 'The request could not be understood.' : 'Something went wrong in the sample system.';
  response.status(status).json({ error: status < 500 ? 'invalid_request' : 'server_error', message });
};
