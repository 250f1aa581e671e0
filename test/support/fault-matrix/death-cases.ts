import type { CrashPoint } from '../crash-at';

type RemovalPolicy = 'RETAIN' | 'DESTROY';

/** The requests during which the function dies. `Export again`: a rollback whose earlier artifact was deleted by somebody. */
export type DyingRequest = 'Create' | 'Update' | 'Rollback' | 'Export again' | 'Delete';

export type Death = 'in onEvent' | CrashPoint;

/** One row: Lambda ends the process of our function while the framework waits for its response. */
export interface DeathCase {
  readonly request: DyingRequest;
  readonly removalPolicy: RemovalPolicy;
  readonly death: Death;
  /** The physical id in the response. `marker`: the id that the framework invents for a Create without one. */
  readonly answeredId: 'its job' | 'present' | 'marker';
  /** The artifacts in the bucket after the next requests, by the request that wrote them. */
  readonly remains: readonly string[];
}

const BOTH = ['RETAIN', 'DESTROY'] as const;

const deaths = (
  request: DyingRequest,
  removalPolicies: readonly RemovalPolicy[],
  points: readonly Death[],
  expected: Pick<DeathCase, 'answeredId' | 'remains'>,
): DeathCase[] =>
  points.flatMap((death) => removalPolicies.map((removalPolicy) => ({ request, removalPolicy, death, ...expected })));

/** Points of a job at which no artifact is complete. */
const BEFORE_THE_ARTIFACT = ['before Start', 'while the job runs', 'in the download', 'before the artifact'] as const;

const CREATES = [
  ...deaths('Create', BOTH, ['in onEvent'], { answeredId: 'marker', remains: [] }),
  ...deaths('Create', BOTH, [...BEFORE_THE_ARTIFACT, 'after the artifact'], { answeredId: 'its job', remains: [] }),
  ...deaths('Create', ['RETAIN'], ['after the manifest'], {
    answeredId: 'its job',
    remains: ['released artifact of the Create'],
  }),
  ...deaths('Create', ['DESTROY'], ['after the manifest'], { answeredId: 'its job', remains: [] }),
];

const UPDATES = [
  ...deaths('Update', BOTH, ['in onEvent', ...BEFORE_THE_ARTIFACT, 'after the artifact'], {
    answeredId: 'present',
    remains: ['artifact of the Create'],
  }),
  ...deaths('Update', BOTH, ['after the manifest'], {
    answeredId: 'present',
    remains: ['artifact of the Create', 'artifact of the Update'],
  }),
];

const IN_A_ROLLBACK = ['in onEvent', 'before reading a manifest', 'after reading a manifest'] as const;

const ROLLBACKS = [
  ...deaths('Rollback', ['RETAIN'], IN_A_ROLLBACK, {
    answeredId: 'present',
    remains: ['artifact of the Create', 'released artifact of the Update'],
  }),
  ...deaths('Rollback', ['DESTROY'], IN_A_ROLLBACK, { answeredId: 'present', remains: ['artifact of the Create'] }),
  ...deaths('Export again', ['RETAIN'], [...BEFORE_THE_ARTIFACT, 'after the artifact'], {
    answeredId: 'present',
    remains: ['artifact of the second rollback', 'released artifact of the Update'],
  }),
  ...deaths('Export again', ['DESTROY'], [...BEFORE_THE_ARTIFACT, 'after the artifact'], {
    answeredId: 'present',
    remains: ['artifact of the second rollback'],
  }),
  ...deaths('Export again', ['RETAIN'], ['after the manifest'], {
    answeredId: 'present',
    remains: ['artifact of the rollback', 'artifact of the second rollback', 'released artifact of the Update'],
  }),
  ...deaths('Export again', ['DESTROY'], ['after the manifest'], {
    answeredId: 'present',
    remains: ['artifact of the rollback', 'artifact of the second rollback'],
  }),
];

const DELETES = [
  ...deaths('Delete', ['RETAIN'], ['in onEvent', 'before the release', 'after the release'], {
    answeredId: 'present',
    remains: ['released artifact of the Create'],
  }),
  ...deaths(
    'Delete',
    ['DESTROY'],
    ['in onEvent', 'before the first removal', 'after the first removal', 'after the last removal'],
    { answeredId: 'present', remains: [] },
  ),
];

export const DEATH_CASES: readonly DeathCase[] = [...CREATES, ...UPDATES, ...ROLLBACKS, ...DELETES];

/** The requests that CloudFormation sends after the failure, for people. */
const NEXT: Readonly<Record<DyingRequest, string>> = {
  Create: 'Delete of this id',
  Update: 'Update to the earlier properties',
  Rollback: 'the rollback again, then Delete of the Update',
  'Export again': 'the rollback again, then Delete of the Update',
  Delete: 'Delete again',
};

const IDS: Readonly<Record<DeathCase['answeredId'], string>> = {
  'its job': 'id of its job',
  present: 'present id',
  marker: 'marker of the framework',
};

/** The section of the document. */
export function deathSection(): string[] {
  const rows = DEATH_CASES.map(({ request, removalPolicy, death, answeredId, remains }) => {
    return `| ${request} | ${removalPolicy} | ${death} | FAILED, ${IDS[answeredId]} | ${NEXT[request]} | ${remains.join(', ') || 'nothing'} |`;
  });
  return [
    '## Function died, through the framework',
    '',
    'Lambda ends the process of our function, for its memory, for its timeout or because it exits, while the framework waits for the response. `test/behaviour/function-death.integration.test.ts` runs the functions of the provider framework itself. The framework does not invoke our function again. CloudFormation receives FAILED at once, and the reason is the message of Lambda: `Runtime exited with error: signal: killed`, or for onEvent `Task timed out`. No code of this package runs after the death. The next request of CloudFormation cleans up, and the last column shows what remains after it.',
    '',
    '- “Export again”: a rollback that has to export, because somebody deleted the earlier artifact.',
    '- “The marker of the framework”: the framework answers the Delete of this id itself.',
    '- “Remains”: the artifacts in the bucket after the next requests, each with its manifest. A released artifact belonged to a resource that CloudFormation deleted under RETAIN.',
    '',
    '| request | removal policy | function died | CloudFormation receives | CloudFormation sends | remains |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `${rows.length} cells.`,
  ];
}
