import { expect, test } from 'vitest';
import { isPage } from '../../../client/features/sign-in/page.ts';

test.each(['https://login.example/auth?x=1', 'http://127.0.0.1:8080/auth', 'http://localhost/auth', 'http://[::1]:9/auth'])(
  '%s may be opened',
  (address) => {
    expect(isPage(address)).toBe(true);
  },
);

test.each([
  'http://login.example/auth',
  'file:///etc/passwd',
  'vscode://x/y',
  'command:run',
  'javascript:alert(1)',
  'http://127.0.0.1.evil.example/',
  'nothing',
  '',
])('%j may not', (address) => {
  expect(isPage(address)).toBe(false);
});
