import { sep } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Marks the modules in these folders as free of side effects. onEvent needs it to be bundled without the SDK, because
 * `lambda/lifecycle/handlers.ts` is the module of both handlers.
 */
export function pureModules(...folders: string[]): Plugin {
  return {
    name: 'pure-modules',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (pluginData === 'pure-modules') return undefined;
        const resolved = await build.resolve(path, { kind, resolveDir, importer, pluginData: 'pure-modules' });
        return folders.some((folder) => resolved.path.startsWith(folder + sep))
          ? { ...resolved, sideEffects: false }
          : undefined;
      });
    },
  };
}
