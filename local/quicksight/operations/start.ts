import { randomUUID } from 'node:crypto';
import { cloudFormationJson } from '../bundle/cloudformation-json';
import type { Collected } from '../bundle/collect';
import { collect } from '../bundle/collect';
import { quickSightJson } from '../bundle/quicksight-json';
import type { ExportRequest } from '../bundle/request';
import { readAll } from '../core/answer';
import { arnOf } from '../core/environment';
import type { Artifact } from '../download/artifact';
import { artifactOf } from '../download/artifact';
import type { StoredObject } from '../download/links';
import { Job } from '../jobs/job';
import { DESCRIPTION_MS } from '../jobs/job-store';
import type { Call, OperationContext } from './context';
import type { OperationOptions } from './options';
import { DEFAULT_BUCKET, DEFAULT_DURATIONS } from './options';

/** StartAssetBundleExportJob. */
export function start(context: OperationContext, { input, account, requestId }: Call): Record<string, unknown> {
  const request = input as unknown as ExportRequest;
  const { environment, jobs, catalog } = account;
  jobs.requireFree(request.AssetBundleExportJobId);
  const { options } = context;
  const arn = arnOf(environment, `asset-bundle-export-job/${request.AssetBundleExportJobId}`);
  const durations = { ...DEFAULT_DURATIONS, ...options.durations, ...options.durationsOf?.(request) };
  const collected = collect(catalog, request, environment, options);
  const errors = [...collected.errors, ...(options.jobErrors?.(request) ?? [])];
  const job = new Job(arn, request, context.now(), durations, { ...collected, errors });
  jobs.add(job);
  const object = objectOf(job, collected, options, environment.region);
  context.links.put(object);
  context.objects.set(job, object);
  context.started.push({ ...environment, job });
  return { Arn: job.arn, AssetBundleExportJobId: job.id, RequestId: requestId };
}

/** The file of a job. Its bytes are made on the first request, and are the same from then on. */
function objectOf(job: Job, collected: Collected, options: OperationOptions, region: string): StoredObject {
  const bucket = (options.bucket ?? DEFAULT_BUCKET).replace('{region}', region);
  const extension = job.request.ExportFormat === 'QUICKSIGHT_JSON' ? 'qs' : 'json';
  const key = `${job.request.AwsAccountId}/${job.id}/${randomUUID()}/assetbundle-${job.id}.${extension}`;
  const artifact = once(() => makeArtifact(job, collected, options));
  return {
    path: `/${bucket}/${key}`,
    region,
    artifact,
    upload: once(async () => options.putObject?.(bucket, key, await readAll(await artifact()))),
    deletedAt: job.createdTime + DESCRIPTION_MS,
  };
}

async function makeArtifact(job: Job, { assets }: Collected, options: OperationOptions): Promise<Artifact> {
  const { request } = job;
  const content =
    request.ExportFormat === 'QUICKSIGHT_JSON'
      ? await quickSightJson(assets, request, new Date(job.ends))
      : cloudFormationJson(assets, request);
  const artifact = artifactOf(content);
  return (await options.artifactOverride?.(artifact, request)) ?? artifact;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
