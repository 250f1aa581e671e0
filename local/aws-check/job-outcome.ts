import { setTimeout as sleep } from 'node:timers/promises';
import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { DescribeAssetBundleExportJobCommand, StartAssetBundleExportJobCommand } from '@aws-sdk/client-quicksight';
import type { ServiceError } from './service-result';
import { afterPropagation } from './service-result';

/** The end of a job that was started to fail. */
export interface JobOutcome {
  /** Error of StartAssetBundleExportJob. No job ran. */
  readonly startError?: ServiceError;
  readonly status?: string;
  readonly seconds?: number;
  readonly errors?: ReadonlyArray<{ readonly type: string; readonly message: string }>;
}

export interface StartedJob {
  readonly account: string;
  readonly jobId: string;
  readonly assetArn: string;
}

const JOB_TIMEOUT_MS = 10 * 60_000;
const POLL_INTERVAL_MS = 5_000;
const RUNNING = new Set(['QUEUED_FOR_IMMEDIATE_EXECUTION', 'IN_PROGRESS']);

/** Starts a job and waits for its end, at most 10 minutes. */
export async function jobOutcome(
  quickSight: QuickSightClient,
  { account, jobId, assetArn }: StartedJob,
): Promise<JobOutcome> {
  const id = { AwsAccountId: account, AssetBundleExportJobId: jobId };
  const command = new StartAssetBundleExportJobCommand({
    ...id,
    ResourceArns: [assetArn],
    ExportFormat: 'QUICKSIGHT_JSON',
    IncludeAllDependencies: true,
  });
  const start = await afterPropagation(() => quickSight.send(command), deniesStart);
  if ('error' in start) return { startError: start.error };
  const startTime = Date.now();
  for (;;) {
    await sleep(POLL_INTERVAL_MS);
    const { JobStatus: status = '', Errors = [] } = await quickSight.send(new DescribeAssetBundleExportJobCommand(id));
    if (RUNNING.has(status) && Date.now() - startTime < JOB_TIMEOUT_MS) continue;
    return {
      status,
      seconds: Math.round((Date.now() - startTime) / 1000),
      errors: Errors.map(({ Type = '', Message = '' }) => ({ type: Type, message: Message })),
    };
  }
}

/** Start itself is denied, and not what the job does: the policy of a new role is not in force yet. */
const deniesStart = ({ name, message }: ServiceError): boolean =>
  name === 'AccessDeniedException' && message.includes('StartAssetBundleExportJob');
