import type { DefinitionError } from '../assets/asset';
import type { AssetCatalog } from '../assets/asset-catalog';
import type { Place } from '../bundle/collect';
import type { ExportRequest, JobError } from '../bundle/request';
import type { Artifact } from '../download/artifact';
import type { RequestRecord } from '../http/request-record';
import type { Durations } from '../jobs/job';

export interface StandInOptions {
  /**
   * The assets. A catalog is what every account has in every region; a function says it for each account and region
   * apart, once. Default: no assets. See also `setAssets`.
   */
  readonly assets?: AssetCatalog | ((place: Place) => AssetCatalog | undefined);
  /** The time in milliseconds since 1970, for jobs and links. Default: `Date.now`. */
  readonly now?: () => number;
  /** How long jobs take, in milliseconds. Default: 1000 queued, 4000 running. */
  readonly durations?: Partial<Durations>;
  /** How long one job takes, where it differs from `durations`. Default: as `durations`. */
  readonly durationsOf?: (request: ExportRequest) => Partial<Durations> | undefined;
  /** Errors of a job beyond those that its assets have; any makes it fail. Default: none. */
  readonly jobErrors?: (request: ExportRequest) => readonly JobError[];
  /** Errors in definitions, by the end of the asset's ARN (`dashboard/{id}`); each fails the asset's exports. Default: none. */
  readonly definitionErrors?: Readonly<Record<string, readonly DefinitionError[]>>;
  /**
   * What to do about a dependency that the account does not have: fail the job, as the service does, or leave it out,
   * as suits a bundle that was exported without its dependencies. Default: 'fail'.
   */
  readonly missingDependencies?: 'fail' | 'skip';
  /** The service's bucket, in which the files of jobs lie; `{region}` in it stands for the region. */
  readonly bucket?: string;
  /**
   * What DownloadUrl begins with: 'http' for a presigned link to the stand-in itself, or 's3' for `s3://bucket/key`, which
   * needs `putObject`. Default: 'http'.
   */
  readonly linkScheme?: 'http' | 's3';
  /** Puts the file of a job into the bucket that an `s3://` link names; once per job. */
  readonly putObject?: (bucket: string, key: string, content: Buffer) => Promise<void>;
  /** Changes what Describe answers, before it is sent. Default: nothing. Can be set later, too. */
  readonly describeOverride?: DescribeOverride;
  /** Replaces the file that a job makes, for example with one that is read from nowhere and very large. Default: nothing. */
  readonly artifactOverride?: (artifact: Artifact, request: ExportRequest) => Artifact | Promise<Artifact>;
  /** Name errors in the header as `{name}:http://…`, as some of the service's hosts do. Default: false. */
  readonly errorTypeSuffix?: boolean;
  /** Called when a request has been answered, or will never be. Default: nothing. */
  readonly onRequest?: (record: RequestRecord) => void;
}

export type DescribeAnswer = Record<string, unknown>;

export type DescribeOverride = (answer: DescribeAnswer, job: Place & { readonly jobId: string }) => DescribeAnswer;

export const DEFAULT_DURATIONS: Durations = { queuedMs: 1000, runningMs: 4000 };

export const DEFAULT_BUCKET = 'quicksight-asset-bundle-export-job-{region}';
