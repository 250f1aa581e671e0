import type { ExportJob, QuickSight } from '../../lambda/aws/quicksight-client';
import { exportJobArn } from '../../lambda/aws/quicksight-client';
import type { ExportResourceRequest } from '../../lambda/export/export-request';

/** Stands in every link, and may stand nowhere else. */
export const LINK_SECRET = 'secret-of-the-link';

/** QuickSight in memory: every job is queued for a second and done after five. */
export class InMemoryQuickSight implements QuickSight {
  /** What was asked to start, in that order. */
  public readonly starts: ExportResourceRequest[] = [];
  /** How often a job was described. */
  public describes = 0;
  /** What a call meets before it takes effect: throw it. */
  public before: (call: 'start' | 'describe' | 'definitionErrors') => void = () => undefined;
  /** … and after it did. */
  public after: (call: 'start' | 'describe') => void = () => undefined;
  /** Changes what Describe answers. */
  public change: (job: ExportJob | undefined) => ExportJob | undefined = (job) => job;
  public definitionErrorsOf: (assetArn: string) => string[] = () => [];
  private readonly jobs = new Map<string, { request: ExportResourceRequest; started: number }>();

  public constructor(private readonly now: () => number) {}

  public async start(request: ExportResourceRequest): Promise<void> {
    this.before('start');
    this.starts.push(request);
    this.jobs.set(request.jobId, { request, started: this.now() });
    this.after('start');
  }

  public async describe({ jobId }: ExportResourceRequest): Promise<ExportJob | undefined> {
    this.describes += 1;
    this.before('describe');
    const job = this.jobs.get(jobId);
    const answer = this.change(job && this.description(job));
    this.after('describe');
    return answer;
  }

  public async definitionErrors(assetArn: string): Promise<string[]> {
    this.before('definitionErrors');
    return this.definitionErrorsOf(assetArn);
  }

  private description({ request, started }: { request: ExportResourceRequest; started: number }): ExportJob {
    const age = this.now() - started;
    const { properties } = request;
    return {
      Arn: exportJobArn(request),
      AssetBundleExportJobId: request.jobId,
      AwsAccountId: request.account,
      CreatedTime: new Date(started),
      RequestId: `described-${this.describes}`,
      ResourceArns: [...properties.ResourceArns],
      ExportFormat: properties.ExportFormat,
      IncludeAllDependencies: properties.IncludeAllDependencies,
      IncludePermissions: properties.IncludePermissions,
      IncludeTags: properties.IncludeTags,
      IncludeFolderMemberships: properties.IncludeFolderMemberships,
      IncludeFolderMembers: properties.IncludeFolderMembers,
      ValidationStrategy: properties.ValidationStrategy,
      CloudFormationOverridePropertyConfiguration: properties.CloudFormationOverridePropertyConfiguration as never,
      JobStatus: age < 1000 ? 'QUEUED_FOR_IMMEDIATE_EXECUTION' : age < 5000 ? 'IN_PROGRESS' : 'SUCCESSFUL',
      ...(age >= 5000 && {
        DownloadUrl: `https://bundles.s3.us-east-1.amazonaws.com/${LINK_SECRET}/${request.jobId}?n=${this.describes}&X-Amz-Signature=${LINK_SECRET}`,
      }),
    };
  }
}
