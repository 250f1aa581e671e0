import { readAll } from '../core/answer';
import { Timestamp } from '../core/json';
import { ServiceError } from '../core/service-error';
import type { Job } from '../jobs/job';
import type { Call } from './context';
import type { Service } from './service';

export async function describe(
  service: Service,
  { input, scope, requestId, origin }: Call,
): Promise<Record<string, unknown>> {
  const jobId = input['AssetBundleExportJobId'] as string;
  const job = scope.jobs.get(jobId);
  if (!job) throw new ServiceError('ResourceNotFoundException', `The asset bundle export job ${jobId} is not found.`);
  const now = service.now();
  const status = job.status(now);
  const { request, collected } = job;
  const errors = job.errors(now);
  const answer = {
    JobStatus: status,
    DownloadUrl: status === 'SUCCESSFUL' ? await downloadUrl(service, job, origin) : null,
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
  return service.describeOverride?.(answer, { ...scope.place, jobId }) ?? answer;
}

async function downloadUrl(service: Service, job: Job, origin: string): Promise<string> {
  const object = service.objects.get(job);
  if (!object) throw new Error(`the job ${job.id} has no object`);
  if (service.options.linkScheme !== 's3') return `${origin}${service.links.sign(object)}`;
  const [, bucket = '', ...key] = object.path.split('/');
  let put = service.putObjects.get(job);
  if (!put) {
    put = object
      .artifact()
      .then(async (artifact) => service.options.putObject?.(bucket, key.join('/'), await readAll(artifact)));
    service.putObjects.set(job, put);
  }
  await put;
  return `s3://${bucket}/${key.join('/')}`;
}
