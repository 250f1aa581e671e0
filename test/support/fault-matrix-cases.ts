import { COPY_ROWS, LARGE_COPY_ROWS } from './fault-matrix/copy-cases';
import type { FaultCase, FaultRow, RequestKind } from './fault-matrix/fault-case';
import { POLL_ROWS, START_ROWS } from './fault-matrix/quicksight-cases';
import { CHECK_ROWS, MANIFEST_ROWS, PREPARE_ROWS, REMOVE_ROWS, RESPONSE_ROWS } from './fault-matrix/store-cases';

const cases = (requests: RequestKind[], step: FaultCase['step'], rows: readonly FaultRow[]): FaultCase[] =>
  requests.flatMap((request) => rows.map((row) => ({ request, step, ...row })));

/** Every cell of the fault matrix. */
export const FAULT_MATRIX_CASES: readonly FaultCase[] = [
  ...cases(['Create', 'Update'], 'check', CHECK_ROWS),
  ...cases(['Create', 'Update'], 'start', START_ROWS),
  ...cases(['Create', 'Update'], 'poll', POLL_ROWS),
  ...cases(['Create', 'Update'], 'copy', COPY_ROWS),
  ...cases(['Create'], 'copy of 5 MB', LARGE_COPY_ROWS),
  ...cases(['Create', 'Update'], 'manifest', MANIFEST_ROWS),
  ...cases(['Create', 'Update'], 'response', RESPONSE_ROWS),
  ...cases(['Rollback'], 'prepare', PREPARE_ROWS),
  ...cases(['Delete'], 'remove', REMOVE_ROWS),
];
