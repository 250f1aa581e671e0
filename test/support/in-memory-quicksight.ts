import { type ExportJob, type ExportJobId, exportJobArn, type QuickSight } from '../../lambda/aws/quicksight-client';
import type { ExportRequest } from '../../lib/contract/export-resource';

/** Every DownloadUrl contains this. No output may contain it. */
export const LINK_SECRET = 'secret-of-the-link';

const QUEUED_MS = 1000;
const DURATION_MS = 5000;

interface StartedJob {
  readonly id: ExportJobId;
  readonly request: ExportRequest;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
}

/** QuickSight in memory. Every job is queued for one second and successful after five. */
export class InMemoryQuickSight implements QuickSight {
  /** The started jobs, in order. */
  public readonly starts: StartedJob[] = [];
  /** Number of Describe calls. */
  public describes = 0;
  /** Runs before a call takes effect, and may throw. */
  public before: (call: 'start' | 'describe' | 'definitionErrors') => void = () => undefined;
  /** Runs after a call took effect, and may throw. */
  public after: (call: 'start' | 'describe') => void = () => undefined;
  /** Changes the response of Describe. */
  public change: (job: ExportJob | undefined) => ExportJob | undefined = (job) => job;
  public definitionErrorsOf: (assetArn: string) => string[] = () => [];
  private readonly jobs = new Map<string, StartedJob>();

  public constructor(private readonly now: () => number) {}

  public async start(id: ExportJobId, request: ExportRequest): Promise<void> {
    this.before('start');
    const job = { id, request, startedTime: this.now() };
    this.starts.push(job);
    this.jobs.set(id.jobId, job);
    this.after('start');
  }

  public async describe({ jobId }: ExportJobId): Promise<ExportJob | undefined> {
    this.describes += 1;
    this.before('describe');
    const started = this.jobs.get(jobId);
    const job = this.change(started && this.description(started));
    this.after('describe');
    return job;
  }

  public async definitionErrors(assetArn: string): Promise<string[]> {
    this.before('definitionErrors');
    return this.definitionErrorsOf(assetArn);
  }

  private description({ id, request, startedTime }: StartedJob): ExportJob {
    const age = this.now() - startedTime;
    const isDone = age >= DURATION_MS;
    return {
      Arn: exportJobArn(id),
      AssetBundleExportJobId: id.jobId,
      AwsAccountId: id.account,
      CreatedTime: new Date(startedTime),
      RequestId: `described-${this.describes}`,
      ResourceArns: [...request.ResourceArns],
      ExportFormat: request.ExportFormat,
      IncludeAllDependencies: request.IncludeAllDependencies,
      IncludePermissions: request.IncludePermissions,
      IncludeTags: request.IncludeTags,
      IncludeFolderMemberships: request.IncludeFolderMemberships,
      IncludeFolderMembers: request.IncludeFolderMembers,
      ValidationStrategy: request.ValidationStrategy,
      CloudFormationOverridePropertyConfiguration: request.CloudFormationOverridePropertyConfiguration as never,
      JobStatus: isDone ? 'SUCCESSFUL' : age < QUEUED_MS ? 'QUEUED_FOR_IMMEDIATE_EXECUTION' : 'IN_PROGRESS',
      ...(isDone && {
        DownloadUrl: `https://bundles.s3.us-east-1.amazonaws.com/${LINK_SECRET}/${id.jobId}?n=${this.describes}&X-Amz-Signature=${LINK_SECRET}`,
      }),
    };
  }
}
