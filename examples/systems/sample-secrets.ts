/**
 * The published secrets of the sample systems. They guard nothing: both systems listen on loopback only and hold made-up people.
 * They exist so that the sample workspace goes through real authentication.
 */
export const sampleSecrets = {
  hrClientId: 'sollist',
  hrClientSecret: 'sample-hr-secret',
  directoryUser: 'sollist',
  directoryPassword: 'sample-directory-password',
} as const;

/** The ports that `main.ts` listens on unless told otherwise. */
export const samplePorts = { hr: 4780, directory: 4781 } as const;
