import { join } from 'node:path';
import standaloneCode from 'ajv/dist/standalone';
import type { Plugin } from 'esbuild';
import { ajv, validate } from '../lambda/export/properties-validator';

const MODULE = join(__dirname, '..', 'lambda', 'export', 'properties-validator.ts');

/** Replaces the validator of the properties by the code that ajv writes for it, so that its compiler is neither loaded nor run. */
export function compiledValidator(): Plugin {
  return {
    name: 'compiled-validator',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]properties-validator\.ts$/ }, ({ path }) =>
        path === MODULE ? { contents: validatorCode(), loader: 'js' } : undefined,
      );
    },
  };
}

/** Without the place in the schema that each error names: nobody reads it, and it is an eighth of the code. */
const validatorCode = (): string => standaloneCode(ajv, validate).replace(/schemaPath:"[^"]*",/g, '');
