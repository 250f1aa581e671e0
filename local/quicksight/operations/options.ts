import type { DefinitionError } from '../assets/asset';
import type { AssetCatalog } from '../assets/asset-catalog';
import type { ExportRequest, JobError } from '../bundle/request';
import type { Environment } from '../core/environment';
import type { Artifact } from '../download/artifact';
import type { Durations } from '../jobs/job';

export interface OperationOptions {
  /**
   * The assets. Every account has the assets of a catalog in every Region. A function returns the assets of one account and
   * Region, and is called once for each pair. Default: no assets. See also `setAssets`.
   */
  readonly assets?: AssetCatalog | ((environment: Environment) => AssetCatalog | undefined);
  /** The time of jobs and links, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** Durations of jobs, in milliseconds. Default: 1000 queued, 4000 running. */
  readonly durations?: Partial<Durations>;
  /** Durations of one job that differ from `durations`. Default: none. */
  readonly durationsOf?: (request: ExportRequest) => Partial<Durations> | undefined;
  /** Errors of a job in addition to the errors of its assets. A job with an error fails. Default: none. */
  readonly jobErrors?: (request: ExportRequest) => readonly JobError[];
  /** Errors in definitions, by resource (`dashboard/{id}`). Each makes every export of the asset fail. Default: none. */
  readonly definitionErrors?: Readonly<Record<string, readonly DefinitionError[]>>;
  /**
   * Effect of a dependency that the account does not have. 'fail' fails the job, as the service does. 'skip' omits the
   * dependency, for bundles that were exported without their dependencies. Default: 'fail'.
   */
  readonly missingDependencies?: 'fail' | 'skip';
  /** The service's bucket for the files of jobs. `{region}` stands for the Region. Default: the bucket's real name. */
  readonly bucket?: string;
  /**
   * Scheme of DownloadUrl: 'http' for a presigned link to the stand-in, 's3' for `s3://bucket/key`. The latter requires
   * `putObject`. Default: 'http'.
   */
  readonly linkScheme?: 'http' | 's3';
  /** Puts the file of a job into the bucket of its `s3://` link. Called once for each job. */
  readonly putObject?: (bucket: string, key: string, content: Buffer) => Promise<void>;
  /** Changes the answer of Describe before it is sent. Can also be set later. Default: none. */
  readonly describeOverride?: DescribeOverride;
  /** Replaces the file of a job, for example with a very large generated one. Default: none. */
  readonly artifactOverride?: (artifact: Artifact, request: ExportRequest) => Artifact | Promise<Artifact>;
}

export type DescribeAnswer = Record<string, unknown>;

export type DescribeOverride = (
  answer: DescribeAnswer,
  job: Environment & { readonly jobId: string },
) => DescribeAnswer;

export const DEFAULT_DURATIONS: Durations = { queuedMs: 1000, runningMs: 4000 };

export const DEFAULT_BUCKET = 'quicksight-asset-bundle-export-job-{region}';
