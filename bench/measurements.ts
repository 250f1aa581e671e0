import { Measurement } from './measurement';

/** In the order of the table in docs/performance.md. */
export const MEASUREMENTS: readonly Measurement[] = [];
