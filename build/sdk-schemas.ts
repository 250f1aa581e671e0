import { replaced } from './source-changes';

/*
 * The schemas of a client's operations, `dist-es/schemas/schemas_0.js`:
 *
 *   const _h = "http";
 *   export var GetBucketVersioning$ = [9, n0, _GBV,
 *       { [_h]: ["GET", "/?versioning", 200] }, () => GetBucketVersioningRequest$, () => GetBucketVersioningOutput$
 *   ];
 */

/** Writes constant names out where they are keys: a computed key is code that may do something, and keeps every schema in the bundle. */
export function literalKeys(source: string): string {
  const names = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\\\n]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return replaced(source, /\[(_\w+)\]:/g, (_, name) => {
    const text = names.get(name);
    if (text === undefined) throw new Error(`the key ${name} is no constant text`);
    return `${text}:`;
  });
}

/**
 * Leaves the service's own error classes out: an error of a class that the SDK does not know has the same name, message and
 * metadata, and nobody here asks for the class.
 */
export function withoutErrorClasses(source: string): string {
  return replaced(source, /^n0_registry\.registerError\(.*\);$/gm, '');
}

/** Leaves what is below the member's schema out: what the service sends there stays as the JSON had it. */
export function unread(source: string, schema: string): string {
  // 0 is the schema of a text, and whatever is none passes it unchanged.
  return replaced(source, new RegExp(`\\(\\) => ${schema}\\$`, 'g'), '0');
}
