import type { Check } from './artifact-checks';
import type { BundleContents } from './bundle-contents';
import type { CleanUpReport } from './clean-up';
import type { DeniedRoleErrors } from './denied-role';
import type { DownloadReport } from './download';
import type { Echo } from './echo';
import type { TimedReport } from './function-reports';
import type { JobOutcome } from './job-outcome';
import type { Observation } from './observation';
import type { WaiterTimes } from './waiter-times';

export const REPORT_VERSION = 1;

/** One export of the run. */
export interface ExportReport {
  readonly name: string;
  /** ISO 8601. */
  readonly startTime: string;
  readonly deploymentSeconds: number;
  /** Message of a failed deployment. The other members are then absent. */
  readonly failure?: string;
  readonly checks: readonly Check[];
  readonly artifactBytes?: number;
  readonly assetCount?: string;
  readonly warningCount?: string;
  /** Seconds from the creation of the job to the first Describe that reported its end. */
  readonly jobSeconds?: number;
  /** Seconds from then to the answer: the copy of the bundle. */
  readonly answerSeconds?: number;
  readonly contents?: BundleContents;
  readonly echo?: Observation<Echo>;
  readonly download?: Observation<DownloadReport>;
}

/** The report of a run. It contains no link, no credentials, no account and no id of an asset. */
export interface Report {
  readonly version: typeof REPORT_VERSION;
  readonly outcome: 'passed' | 'failed' | 'interrupted';
  readonly startTime: string;
  readonly seconds: number;
  readonly stack: string;
  readonly partition: string;
  readonly region: string;
  /** Theme of the dashboard. A theme of AWS has the account `aws`. */
  readonly theme: string;
  /** Versions of the project and its tools. */
  readonly versions: Readonly<Record<string, string>>;
  /** Unexpected error that ended the run. */
  readonly failure?: string;
  readonly exports: readonly ExportReport[];
  readonly missingAsset: Observation<JobOutcome>;
  readonly deniedRole: Observation<DeniedRoleErrors>;
  readonly functions: Observation<{ readonly invocations: number; readonly reports: readonly TimedReport[] }>;
  readonly waiter: Observation<{ readonly executions: readonly WaiterTimes[] }>;
  readonly cleanUp: CleanUpReport;
}

/** The reasons why a run failed. Empty for a run in which every check passed and nothing remains. */
export function failuresOf({ exports, cleanUp, failure }: Pick<Report, 'exports' | 'cleanUp' | 'failure'>): string[] {
  return [
    ...(failure === undefined ? [] : [failure]),
    ...exports.flatMap(({ name, failure: reason, checks }) => [
      ...(reason === undefined ? [] : [`${name}: ${reason}`]),
      ...checks
        .filter(({ passed }) => !passed)
        .map(({ statement, detail = '' }) => `${name}: not true: ${statement} (${detail})`),
    ]),
    ...cleanUp.left.map(({ resource, reason }) => `Not destroyed: ${resource}: ${reason}`),
  ];
}
