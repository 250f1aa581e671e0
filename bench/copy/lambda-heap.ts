/**
 * The heap flags of Node.js that the bootstrap of the Lambda runtime sets for a memory size in MB: a tenth is new space, with
 * two semi-spaces, and the rest is old space. NODE_OPTIONS of the function would override them.
 */
export function lambdaHeapFlags(memoryMegabytes: number): string[] {
  const newSpace = Math.floor(memoryMegabytes / 10);
  return [`--max-old-space-size=${memoryMegabytes - newSpace}`, `--max-semi-space-size=${Math.floor(newSpace / 2)}`];
}
