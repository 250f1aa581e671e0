import * as v from 'valibot';
import type { ExportJob } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import type { Log } from '../core/log';
import type { JobResource } from '../lifecycle/job-kind';
import { stackIdentity } from '../lifecycle/job-request';
import { loggedFetch } from './download/download';
import { type ExportJobTools, exportJob } from './export-job';
import { type ExportResourceRequest, exportResourceRequest } from './export-request';
import type { Attributes } from './manifest';
import { deletePropertiesSchema } from './properties-schema';
import { removeArtifact } from './remove-artifact';

export interface ExportDependencies extends Omit<ExportJobTools, 'log'> {
  readonly clock: Clock;
}

const JOB_ID = /^[\w-]{1,512}$/;

/** The custom resource `Custom::QuickSightAssetBundleExport`. */
export const exportResource =
  (dependencies: ExportDependencies) =>
  (log: Log): JobResource<ExportResourceRequest, ExportJob, Attributes> => ({
    kind: exportJob({ ...dependencies, fetch: loggedFetch(dependencies.fetch, log), log }),
    request: exportResourceRequest,
    async remove({
      PhysicalResourceId: jobId,
      RequestId,
      RequestedTime,
      StackId,
      LogicalResourceId,
      ResourceProperties,
    }) {
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
        requestedTime: RequestedTime,
        logicalResourceId: LogicalResourceId,
        destination,
        removalPolicy,
      };
      await removeArtifact(removal, { ...dependencies, log });
    },
  });
