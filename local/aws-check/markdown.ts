import type { Check } from './artifact-checks';
import type { CleanUpReport } from './clean-up';
import type { DownloadReport } from './download';
import type { JobOutcome } from './job-outcome';
import type { Observation } from './observation';
import { isReported } from './observation';
import type { ExportReport, Report } from './report';
import type { ServiceError } from './service-result';

type Cell = string | number | boolean | undefined;

/** A table. An undefined cell is a value that AWS did not report. */
function table(head: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cellText(value: Cell): string {
  if (value === undefined || value === '') return 'not reported';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

const section = (title: string, ...parts: readonly string[]) => [`## ${title}`, ...parts].join('\n\n');

function observed<T extends object>(observation: Observation<T> | undefined, render: (value: T) => string): string {
  if (observation === undefined) return 'not reported';
  return isReported(observation) ? render(observation) : `not reported: ${cellText(observation.notReported)}`;
}

/** The report for people. It has the same facts as the JSON file. */
export function markdown(report: Report): string {
  const { outcome, startTime, seconds, stack, partition, region, theme, versions, failure } = report;
  return `${[
    '# Report of `npm run test:aws`',
    table(
      ['property', 'value'],
      [
        ['outcome', outcome],
        ['start', startTime],
        ['seconds', seconds],
        ['stack', stack],
        ['region', `${region} (${partition})`],
        ['theme of the dashboard', theme],
        ...Object.entries(versions),
        ...(failure === undefined ? [] : [['failure', failure]]),
      ],
    ),
    section('Exports', exportsTable(report.exports), checksTable(report.exports)),
    ...report.exports.map(exportSection),
    section('Job of a dashboard that does not exist', observed(report.missingAsset, jobTable)),
    section(
      'Role that may run jobs and read no asset',
      observed(report.deniedRole, ({ call, job }) =>
        [`DescribeDashboardDefinition: ${call ? errorText(call) : 'no error'}`, jobTable(job)].join('\n\n'),
      ),
    ),
    section(
      'Invocations of isComplete',
      observed(report.functions, ({ invocations, reports }) =>
        [
          `${invocations} invocations, ${reports.length} REPORT lines. Highest Max Memory Used: ${highest(reports.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb))}.`,
          table(
            [
              'time',
              'duration in ms',
              'billed in ms',
              'initialization in ms',
              'memory in MB',
              'max memory used in MB',
              'end',
            ],
            reports.map((each) => [
              each.time,
              each.durationMs,
              each.billedDurationMs,
              each.initDurationMs ?? 'none',
              each.memorySizeMb,
              each.maxMemoryUsedMb,
              [each.status, each.errorType].filter(Boolean).join(' ') || 'success',
            ]),
          ),
        ].join('\n\n'),
      ),
    ),
    section(
      'Executions of the waiter',
      observed(report.waiter, ({ executions }) =>
        table(
          ['start', 'status', 'seconds', 'invocations of isComplete', 'seconds of each'],
          executions.map((each) => [
            each.startTime,
            each.status,
            each.seconds,
            each.invocations,
            each.invocationSeconds.join(', '),
          ]),
        ),
      ),
    ),
    section('Clean-up', cleanUpText(report.cleanUp)),
  ].join('\n\n')}\n`;
}

const exportsTable = (exports: readonly ExportReport[]): string =>
  table(
    ['export', 'deployment in s', 'job in s', 'end of the job to the answer in s', 'bytes', 'assets', 'warnings'],
    exports.map((each) => [
      each.name,
      each.deploymentSeconds,
      each.jobSeconds,
      each.answerSeconds,
      each.artifactBytes,
      each.assetCount,
      each.warningCount,
    ]),
  );

/** A row for each statement, a column for each export. */
function checksTable(exports: readonly ExportReport[]): string {
  const statements = [...new Set(exports.flatMap(({ checks }) => checks.map(({ statement }) => statement)))];
  const result = (check: Check | undefined): string => {
    if (!check) return '';
    return check.passed ? 'passed' : `FAILED: ${check.detail ?? ''}`;
  };
  return table(
    ['check', ...exports.map(({ name }) => name)],
    statements.map((statement) => [
      statement,
      ...exports.map(({ checks }) => result(checks.find((check) => check.statement === statement)) || 'not checked'),
    ]),
  );
}

function exportSection({ name, failure, contents, echo, download }: ExportReport): string {
  if (failure !== undefined) return section(name, `Failed: ${failure.replace(/\s+/g, ' ')}`);
  return section(
    name,
    '### Contents of the bundle',
    table(
      ['type', 'number', 'members'],
      (contents?.groups ?? []).map(({ type, count, members }) => [type, count, members.join(', ')]),
    ),
    '### Describe compared with the request',
    observed(echo, ({ rows, otherMembers }) =>
      [
        table(
          ['member', 'requested', 'described', 'same'],
          rows.map(({ member, requested, described, same }) => [member, requested, described, same]),
        ),
        `Other members: ${otherMembers.join(', ')}`,
      ].join('\n\n'),
    ),
    '### Download',
    observed(download, downloadText),
  );
}

function downloadText({ scheme, host, responses, sameBytes, rangesJoin, secondLink }: DownloadReport): string {
  return [
    table(
      ['property', 'value'],
      [
        ['scheme', scheme],
        ['host', host],
        ['the file is the artifact', sameBytes],
        ['a range and the rest with If-Range are the file', rangesJoin],
        ['a second link has the same host', secondLink.sameHost],
        ['a second link has the same ETag', secondLink.sameEtag],
      ],
    ),
    table(
      ['request', 'status', 'bytes', 'safe headers', 'names of all headers'],
      responses.map(({ request, status, receivedBytes, headers, headerNames }) => [
        request,
        status,
        receivedBytes,
        Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('; '),
        headerNames.join(', '),
      ]),
    ),
  ].join('\n\n');
}

function jobTable({ startError, status, seconds, errors = [] }: JobOutcome): string {
  if (startError) return `StartAssetBundleExportJob: ${errorText(startError)}`;
  const summary = `The job ended after ${seconds} seconds: ${status}.`;
  if (errors.length === 0) return summary;
  return [
    summary,
    table(
      ['type', 'message'],
      errors.map(({ type, message }) => [type, message]),
    ),
  ].join('\n\n');
}

const errorText = ({ name, httpStatus, message }: ServiceError): string =>
  cellText(`${name} (HTTP ${httpStatus ?? 'status not reported'}): ${message}`);

function cleanUpText({ destroyedStacks, deletedBuckets, left }: CleanUpReport): string {
  const rows = [
    ...destroyedStacks.map((stack) => [`the stack ${stack}`, 'destroyed']),
    ...deletedBuckets.map(({ bucket, versions }) => [`the bucket ${bucket}`, `deleted with ${versions} versions`]),
    ...left.map(({ resource, reason }) => [resource, `LEFT: ${reason}`]),
  ];
  return rows.length === 0 ? 'Nothing was created.' : table(['resource', 'result'], rows);
}

function highest(values: ReadonlyArray<number | undefined>): string {
  const numbers = values.filter((value) => value !== undefined);
  return numbers.length === 0 ? 'not reported' : `${Math.max(...numbers)} MB`;
}
