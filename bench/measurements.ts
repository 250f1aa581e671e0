import { handlerBundles } from './bundle/handler-bundles';
import { copyMemory } from './copy/copy-memory';
import { copyTime } from './copy/copy-time';
import { cost } from './deployment/cost';
import { latency } from './deployment/latency';
import { schedule } from './deployment/schedule';
import { functionCopy } from './function/function-copy';
import { functionLatency } from './function/function-latency';
import type { Measurement } from './measurement';
import { synthesisTime } from './synthesis/synthesis-time';
import { templateSize } from './synthesis/template-size';

/** In the order of docs/reference/performance.md. */
export const MEASUREMENTS: readonly Measurement[] = [
  latency,
  functionLatency,
  schedule,
  copyTime,
  functionCopy,
  copyMemory,
  handlerBundles,
  synthesisTime,
  templateSize,
  cost,
];
