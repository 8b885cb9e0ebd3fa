/** What scripts may ask of the vault, as in NIM. */
export const vaultFunctions: readonly string[] = ['vaultObjectExists', 'vaultObjectExistsByRef'];

/**
 * The global names of JavaScript that scripts have: those of ECMAScript 2022 that give the same every time. What is not here does not
 * exist for a script.
 */
export const builtInNames: readonly string[] = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Math', 'JSON', 'Date', 'RegExp'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...['NaN', 'Infinity', 'undefined', 'globalThis', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'escape', 'unescape'],
  ...['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'console'],
];

/** Whether a name can be a variable of a script as it stands, so that a table of that name is one. */
export function isVariableName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && !reserved.has(name);
}

const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in ' +
    'instanceof new null return super switch this throw true try typeof var void while with ' +
    'await yield let static implements interface package private protected public eval arguments undefined NaN Infinity data'
  ).split(' '),
);
