import { sep } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Says of the modules in these folders that loading them does nothing, which no bundler can know: so onEvent is without the
 * SDK, although `lambda/lifecycle/handlers.ts` is the module of both handlers.
 */
export function pureModules(...folders: string[]): Plugin {
  return {
    name: 'pure-modules',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^\.\.?\// }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (pluginData === 'pure-modules') return undefined;
        const resolved = await resolve(path, { kind, resolveDir, importer, pluginData: 'pure-modules' });
        return folders.some((folder) => resolved.path.startsWith(folder + sep))
          ? { ...resolved, sideEffects: false }
          : undefined;
      });
    },
  };
}
