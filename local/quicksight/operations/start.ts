import { randomUUID } from 'node:crypto';
import { cloudFormationJson } from '../bundle/cloudformation-json';
import type { Collected } from '../bundle/collect';
import { collect } from '../bundle/collect';
import { quickSightJson } from '../bundle/quicksight-json';
import type { ExportRequest } from '../bundle/request';
import type { Artifact } from '../download/artifact';
import { artifactOf } from '../download/artifact';
import { Job } from '../jobs/job';
import { DESCRIPTION_MS } from '../jobs/job-store';
import type { Call } from './context';
import type { StandInOptions } from './options';
import { DEFAULT_BUCKET, DEFAULT_DURATIONS } from './options';
import type { Service } from './service';

export function start(service: Service, { input, scope, requestId }: Call): Record<string, unknown> {
  const request = input as unknown as ExportRequest;
  const { place, jobs } = scope;
  jobs.requireFree(request.AssetBundleExportJobId);
  const { options } = service;
  const arn = `arn:${place.partition}:quicksight:${place.region}:${place.account}:asset-bundle-export-job/${request.AssetBundleExportJobId}`;
  const durations = { ...DEFAULT_DURATIONS, ...options.durations, ...options.durationsOf?.(request) };
  const collected = collect(scope.catalog, request, place, options);
  const errors = [...collected.errors, ...(options.jobErrors?.(request) ?? [])];
  const job = new Job(arn, request, service.now(), durations, { ...collected, errors });
  jobs.add(job);
  const object = {
    path: pathOf(job, options, place.region),
    account: place.account,
    region: place.region,
    jobId: job.id,
    artifact: once(() => makeArtifact(job, collected, options)),
    deletedAt: job.createdTime + DESCRIPTION_MS,
  };
  service.links.put(object);
  service.objects.set(job, object);
  service.started.push({ ...place, job });
  return { Arn: job.arn, AssetBundleExportJobId: job.id, RequestId: requestId };
}

function pathOf({ id, request }: Job, options: StandInOptions, region: string): string {
  const bucket = (options.bucket ?? DEFAULT_BUCKET).replace('{region}', region);
  const extension = request.ExportFormat === 'QUICKSIGHT_JSON' ? 'qs' : 'json';
  return `/${bucket}/${request.AwsAccountId}/${id}/${randomUUID()}/assetbundle-${id}.${extension}`;
}

async function makeArtifact(job: Job, { assets }: Collected, options: StandInOptions): Promise<Artifact> {
  const { request } = job;
  const content =
    request.ExportFormat === 'QUICKSIGHT_JSON'
      ? await quickSightJson(assets, request, new Date(job.ends))
      : cloudFormationJson(assets, request);
  const artifact = artifactOf(content);
  return (await options.artifactOverride?.(artifact, request)) ?? artifact;
}

/** The file of a job is made when it is first asked for, and the same bytes from then on. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
