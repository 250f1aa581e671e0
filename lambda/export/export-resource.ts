import type { ExportJob } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import type { Log } from '../core/log';
import type { JobResource } from '../lifecycle/job-kind';
import { tryDecodeProperties } from './decode-properties';
import { loggedFetch } from './download/download';
import { type ExportJobTools, exportJob } from './export-job';
import { type ExportResourceRequest, exportResourceRequest } from './export-request';
import type { Attributes } from './manifest';
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
    async remove({ PhysicalResourceId: jobId, RequestId: requestId, StackId, LogicalResourceId, ResourceProperties }) {
      const properties = tryDecodeProperties(ResourceProperties);
      // A resource that was never created has nothing to remove.
      if (!properties || !JOB_ID.test(jobId)) return;
      const removal = { jobId, requestId, properties, stackId: StackId, logicalResourceId: LogicalResourceId };
      await removeArtifact(removal, dependencies.storeOf(properties), dependencies.clock.now(), log);
    },
  });
