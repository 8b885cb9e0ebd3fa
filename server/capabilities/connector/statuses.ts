/** The HTTP status codes an author is likely to name, and what they mean for a connector. */
export const statuses: readonly { readonly code: number; readonly meaning: string }[] = [
  { code: 0, meaning: "No answer in time (NIM's own code, for retry)." },
  { code: 204, meaning: 'No content: a success without a body.' },
  { code: 400, meaning: 'Bad request: the API does not understand what was sent.' },
  { code: 401, meaning: 'Unauthorized: the sign-in failed or has run out.' },
  { code: 403, meaning: 'Forbidden: signed in, but not allowed; some APIs also mean a quota.' },
  { code: 404, meaning: 'Not found: the row is not there, or the address is wrong.' },
  { code: 408, meaning: 'Request timeout: the server waited too long.' },
  { code: 409, meaning: 'Conflict: it is there already, or was changed meanwhile.' },
  { code: 410, meaning: 'Gone: it was there once.' },
  { code: 412, meaning: 'Precondition failed: a condition of the request does not hold.' },
  { code: 422, meaning: 'Unprocessable: well formed, but wrong in content.' },
  { code: 429, meaning: 'Too many requests: slow down and try again.' },
  { code: 500, meaning: 'Internal server error.' },
  { code: 502, meaning: 'Bad gateway: a server behind the API failed.' },
  { code: 503, meaning: 'Service unavailable: overloaded or in maintenance.' },
  { code: 504, meaning: 'Gateway timeout: a server behind the API did not answer.' },
];
