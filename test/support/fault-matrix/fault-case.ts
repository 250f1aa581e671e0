import type { IncomingMessage } from 'node:http';
import type { Fault, QuickSightStandIn } from '../../../local/quicksight';
import type { FaultyProxy, StoreFault } from '../../../testing/fault-proxy';
import type { CrashPoint } from '../crash-at';

export type RequestKind = 'Create' | 'Update' | 'Rollback' | 'Delete';

export interface Scene {
  readonly standIn: QuickSightStandIn;
  readonly proxy: FaultyProxy;
  readonly now: () => number;
  /** Jobs that start before this time fail because access is denied. */
  readonly denyJobsUntil: (time: number) => void;
  /** The host name of QuickSight resolves only while the condition holds. */
  readonly resolveQuickSight: (condition: () => boolean) => void;
}

/** One cell of the fault matrix. */
export interface FaultCase {
  readonly request: RequestKind;
  readonly step: 'prepare' | 'check' | 'start' | 'poll' | 'copy' | 'copy of 5 MB' | 'manifest' | 'response' | 'remove';
  readonly fault: string;
  readonly arrange?: (scene: Scene) => void;
  /** The first invocation does not respond from this point on, and the waiter invokes the handler again. */
  readonly crashPoint?: CrashPoint;
  /** `done`, or the failure that the stack events show. */
  readonly expected: 'done' | RegExp;
  /** The number of jobs that start. Default: at most one. */
  readonly jobs?: number;
}

export type FaultRow = Omit<FaultCase, 'request' | 'step'>;
export type Arrange = (scene: Scene) => void;

export const MINUTE_MS = 60_000;

/** The first invocation does not respond, and the waiter invokes the handler again. */
export const deliveredAgain = (when: string, crashPoint: CrashPoint): FaultRow => ({
  fault: `delivered again: no response ${when}`,
  crashPoint,
  expected: 'done',
});

/** A fault of QuickSight for a number of requests. */
export const quickSightFault =
  (fault: Fault): Arrange =>
  ({ standIn }) => {
    standIn.faults.add(fault);
  };

/** A fault of QuickSight for a time. */
export const quickSightFaultFor =
  (milliseconds: number, fault: Fault): Arrange =>
  ({ standIn, now }) => {
    const until = now() + milliseconds;
    standIn.faults.add({ ...fault, times: Infinity, when: () => now() < until });
  };

type RequestFilter = (request: IncomingMessage) => boolean;

/** A fault of S3 for a number of requests. */
export const storeFault =
  (fault: StoreFault, when: RequestFilter, times = 1): Arrange =>
  ({ proxy }) =>
    proxy.add(fault, { when, times });

/** A fault of S3 for a time. */
export const storeFaultFor =
  (milliseconds: number, fault: StoreFault, when: RequestFilter): Arrange =>
  ({ proxy, now }) => {
    const until = now() + milliseconds;
    proxy.add(fault, { when: (request) => now() < until && when(request), times: Infinity });
  };

/** The host name of QuickSight does not resolve for a time. */
export const quickSightUnresolvedFor =
  (milliseconds: number): Arrange =>
  ({ now, resolveQuickSight }) => {
    const until = now() + milliseconds;
    resolveQuickSight(() => now() >= until);
  };

/** QuickSight resets every connection. */
export const quickSightDown = quickSightFault({ kind: 'reset', times: Infinity });

const has =
  (method: string, ending: string): RequestFilter =>
  (request) =>
    request.method === method && ((request.url ?? '').split('?')[0] ?? '').endsWith(ending);

export const isPutOfArtifact = has('PUT', '.qs');
export const isHeadOfArtifact = has('HEAD', '.qs');
export const isPutOfManifest = has('PUT', '.manifest.json');
export const isReadOfManifest = has('GET', '.manifest.json');
export const isDelete = has('DELETE', '');
export const isPutOfWriteCheck = has('PUT', '.write-check');
export const isGetOfVersioning: RequestFilter = (request) =>
  request.method === 'GET' && /\?(.*&)?versioning/.test(request.url ?? '');
export const isListOfVersions: RequestFilter = (request) =>
  request.method === 'GET' && /\?(.*&)?versions/.test(request.url ?? '');
