/** The part of yauzl 3 that the tests use; it ships no types, and those of @types are of version 2. */
declare module 'yauzl' {
  export interface Entry {
    readonly fileName: string;
  }
  export interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<NodeJS.ReadableStream>;
  }
  export function openPromise(path: string): Promise<ZipFile>;
}
