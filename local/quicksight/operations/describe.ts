import { Timestamp } from '../core/json';
import { ServiceError } from '../core/service-error';
import type { Job } from '../jobs/job';
import type { Call, OperationContext } from './context';

/** DescribeAssetBundleExportJob. */
export async function describe(
  context: OperationContext,
  { input, account, requestId, origin }: Call,
): Promise<Record<string, unknown>> {
  const jobId = input['AssetBundleExportJobId'] as string;
  const job = account.jobs.get(jobId);
  if (!job) throw new ServiceError('ResourceNotFoundException', `The asset bundle export job ${jobId} is not found.`);
  const now = context.now();
  const status = job.status(now);
  const { request, collected } = job;
  const errors = job.errors(now);
  const answer = {
    JobStatus: status,
    DownloadUrl: status === 'SUCCESSFUL' ? await downloadUrl(context, job, origin) : null,
    Errors: errors.length > 0 ? errors : null,
    Arn: job.arn,
    CreatedTime: new Timestamp(job.createdTime),
    AssetBundleExportJobId: job.id,
    AwsAccountId: request.AwsAccountId,
    ResourceArns: request.ResourceArns,
    IncludeAllDependencies: request.IncludeAllDependencies ?? false,
    ExportFormat: request.ExportFormat,
    CloudFormationOverridePropertyConfiguration: request.CloudFormationOverridePropertyConfiguration ?? null,
    RequestId: requestId,
    IncludePermissions: request.IncludePermissions ?? false,
    IncludeTags: request.IncludeTags ?? false,
    ValidationStrategy: request.ValidationStrategy ?? null,
    Warnings: !job.runs(now) && collected.warnings.length > 0 ? collected.warnings : null,
    IncludeFolderMemberships: request.IncludeFolderMemberships ?? false,
    IncludeFolderMembers: request.IncludeFolderMembers ?? 'NONE',
  };
  return context.describeOverride?.(answer, { ...account.environment, jobId }) ?? answer;
}

async function downloadUrl({ objects, options, links }: OperationContext, job: Job, origin: string): Promise<string> {
  const object = objects.get(job);
  if (!object) throw new Error(`The export job ${job.id} has no file.`);
  if (options.linkScheme !== 's3') return `${origin}${links.sign(object)}`;
  await object.upload();
  return `s3:/${object.path}`;
}
