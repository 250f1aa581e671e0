import * as v from 'valibot';
import type { ExportJob } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import type { Log } from '../core/log';
import type { JobResource } from '../lifecycle/job-kind';
import { deadlineOf, stackIdentity } from '../lifecycle/job-request';
import { PERMISSION_GRACE_MS } from '../lifecycle/requeue';
import { loggedFetch } from './download/download';
import { type ExportJobTools, exportJob } from './export-job';
import { type ExportResourceRequest, exportResourceRequest } from './export-request';
import type { Attributes } from './manifest';
import { deletePropertiesSchema } from './properties-schema';
import { removeArtifact } from './remove-artifact';

export interface ExportDependencies extends Omit<ExportJobTools, 'log'> {
  readonly clock: Clock;
}

/** Time for the last attempt of a Delete before the deadline. */
const LAST_STEP_MS = 15_000;

const JOB_ID = /^[\w-]{1,512}$/;

/** The custom resource `Custom::QuickSightAssetBundleExport`. */
export const exportResource =
  (dependencies: ExportDependencies) =>
  (log: Log): JobResource<ExportResourceRequest, ExportJob, Attributes> => ({
    kind: exportJob({ ...dependencies, fetch: loggedFetch(dependencies.fetch, log), log }),
    request: exportResourceRequest,
    async remove(event) {
      const { PhysicalResourceId: jobId, RequestId, StackId, LogicalResourceId, ResourceProperties } = event;
      const decoded = v.safeParse(deletePropertiesSchema, ResourceProperties);
      if (!decoded.success || !JOB_ID.test(jobId)) {
        log.warn('nothing removed: the resource was never created');
        return;
      }
      const { RemovalPolicy: removalPolicy, ...destination } = decoded.output;
      const removal = {
        ...stackIdentity(StackId),
        jobId,
        requestId: RequestId,
        graceEnd: Math.min(event.RequestedTime + PERMISSION_GRACE_MS, deadlineOf(event) - LAST_STEP_MS),
        logicalResourceId: LogicalResourceId,
        destination,
        removalPolicy,
      };
      await removeArtifact(removal, { ...dependencies, log });
    },
  });
