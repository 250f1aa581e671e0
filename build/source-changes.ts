import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** What the build changes in a module of somebody else, and why that may be. */
export interface SourceChange {
  readonly why: string;
  /** The end of the module's path, with slashes. */
  readonly module: RegExp;
  /** @throws Error when the source is not what it was when the change was thought out. */
  change(source: string): string;
}

/** Each change has to find its module: where one does not, the dependency has been laid out anew, and the change is to be thought out anew. */
export function sourceChanges(changes: readonly SourceChange[]): Plugin {
  return {
    name: 'source-changes',
    setup({ onLoad, onEnd }) {
      const unused = new Set(changes);
      onLoad({ filter: /[/\\]node_modules[/\\].*\.js(on)?$/ }, async ({ path }) => {
        const change = changes.find(({ module }) => module.test(path.replaceAll('\\', '/')));
        if (!change) return undefined;
        unused.delete(change);
        try {
          return {
            contents: change.change(await readFile(path, 'utf8')),
            loader: path.endsWith('.json') ? 'json' : 'js',
          };
        } catch (error) {
          return {
            errors: [
              {
                text: `${relative('.', path)} is not what build/sdk-changes.ts expects: ${(error as Error).message} (${change.why})`,
              },
            ],
          };
        }
      });
      onEnd(() => ({
        errors: [...unused].map(({ module, why }) => ({
          text: `no module matches ${module} any more (${why}): see build/sdk-changes.ts`,
        })),
      }));
    },
  };
}

/** `source` with every match replaced. @throws Error when there is none. */
export function replaced(
  source: string,
  pattern: RegExp,
  by: string | ((match: string, ...groups: string[]) => string),
): string {
  if (source.search(pattern) < 0) throw new Error(`nothing matches ${pattern}`);
  return source.replace(pattern, by as string);
}
