import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { RetryableError } from '../../../lambda/core/errors';
import { failureLines } from '../../../lambda/export/explain-failure';
import { assetArn } from '../../../testing/cloudformation-events';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';
import type { InMemoryQuickSight } from '../../support/in-memory-quicksight';

const DASHBOARD = assetArn('dashboard/sales');
const HIDDEN =
  'The dashboard has associated errors and cannot be exported. Call DescribeDashboardDefinition to retrieve the errors.';

let dependencies: InMemoryDependencies;
let quickSight: InMemoryQuickSight;
beforeEach(() => {
  dependencies = new InMemoryDependencies(Buffer.alloc(0));
  ({ quickSight } = dependencies);
});
const lines = (Errors: unknown) => failureLines({ Errors } as ExportJob, quickSight, dependencies.clock);

test.each<[string, NonNullable<ExportJob['Errors']>[number], string]>([
  [
    'has the last part of a Java class name',
    { Arn: DASHBOARD, Type: 'com.amazonaws.services.quicksight.model.ResourceNotFoundException', Message: 'Gone.' },
    `${DASHBOARD}: ResourceNotFoundException: Gone.`,
  ],
  ['has a type without a package', { Arn: DASHBOARD, Type: 'Odd', Message: 'Gone.' }, `${DASHBOARD}: Odd: Gone.`],
  ['has defaults for the members that an error lacks', {}, 'the job: Error: no message'],
  [
    'omits the suffix of the Java client',
    {
      Arn: DASHBOARD,
      Type: 'X',
      Message: 'Gone. (Service: null; Status Code: 0; Error Code: null; Request ID: null; Proxy: null)',
    },
    `${DASHBOARD}: X: Gone.`,
  ],
  [
    'omits the suffix of the Java client and the blanks around it',
    { Arn: DASHBOARD, Type: 'X', Message: 'Gone (today).  (Service: q; Status Code: 400; Request ID: r) \n' },
    `${DASHBOARD}: X: Gone (today).`,
  ],
  [
    'keeps parentheses that are not the suffix of the Java client',
    { Arn: DASHBOARD, Type: 'X', Message: 'Gone (Service: q; Status Code: 400; (x)' },
    `${DASHBOARD}: X: Gone (Service: q; Status Code: 400; (x)`,
  ],
  [
    'keeps a suffix without a status',
    { Arn: DASHBOARD, Type: 'X', Message: 'Gone (Service: q; x)' },
    `${DASHBOARD}: X: Gone (Service: q; x)`,
  ],
  [
    'redacts a link',
    { Arn: DASHBOARD, Type: 'X', Message: 'At https://b.s3.amazonaws.com/secret?secret' },
    `${DASHBOARD}: X: At https://b.s3.amazonaws.com/***`,
  ],
  [
    'keeps parentheses in the middle',
    { Arn: DASHBOARD, Type: 'X', Message: '(Service: a; Status Code: b) was it' },
    `${DASHBOARD}: X: (Service: a; Status Code: b) was it`,
  ],
])('the line of an error %s', async (_, error, line) => expect(await lines([error])).toEqual([line]));

test.each([
  ['blanks', ' '.repeat(200_000)],
  ['suffixes without an end', '(Service: a; Status Code: b'.repeat(8_000)],
  ['statuses', `(Service: ${'; Status Code: '.repeat(15_000)}`],
  ['letters', 'x'.repeat(200_000)],
])('the line of an error with 200 kB of %s is short, and takes less than a second', async (_, Message) => {
  const from = performance.now();
  const [line = ''] = await lines([{ Arn: DASHBOARD, Type: 'X', Message }]);
  expect(performance.now() - from).toBeLessThan(1000);
  expect(line.startsWith(`${DASHBOARD}: X: ${Message.slice(0, 20)}`)).toBe(true);
  expect(line.length).toBeLessThan(5000);
});

test.each([undefined, null, [], [null]])(
  'a job that failed without an error has a line that reports it: %j',
  async (errors) => {
    expect(await lines(errors)).toEqual(['the job: QuickSight reported no error for any asset.']);
  },
);

test('the errors of a definition that the job hides are fetched, one line each, without a link', async () => {
  const fetched: string[] = [];
  quickSight.definitionErrorsOf = (arn) => {
    fetched.push(arn);
    return ['COLUMN_NOT_FOUND: region', 'see https://example.com/secret?secret'];
  };
  expect(
    await lines([
      { Arn: DASHBOARD, Type: 'X', Message: HIDDEN },
      { Arn: assetArn('theme/x'), Type: 'Y', Message: 'Gone.' },
      { Message: HIDDEN },
    ]),
  ).toEqual([
    `${DASHBOARD}: X: ${HIDDEN}\n  COLUMN_NOT_FOUND: region\n  see https://example.com/***`,
    `${assetArn('theme/x')}: Y: Gone.`,
    `the job: Error: ${HIDDEN}`,
  ]);
  expect(fetched).toEqual([DASHBOARD]);
});

describe('a definition whose errors cannot be fetched', () => {
  const errors = ['one', 'two', 'three'].map((id) => ({
    Arn: assetArn(`dashboard/${id}`),
    Type: 'X',
    Message: HIDDEN,
  }));
  const failWith = (...problems: Array<Error | undefined>) => {
    quickSight.before = () => {
      const problem = problems.length > 1 ? problems.shift() : problems[0];
      if (problem) throw problem;
    };
    quickSight.definitionErrorsOf = () => ['why'];
  };

  test('keeps every other line, and no further definition is fetched', async () => {
    failWith(undefined, new RetryableError('denied', 'Denied at https://example.com/secret?secret'));
    expect(await lines([...errors, { Arn: assetArn('theme/x'), Type: 'Y', Message: 'Gone.' }])).toEqual([
      `${errors[0]?.Arn}: X: ${HIDDEN}\n  why`,
      `${errors[1]?.Arn}: X: ${HIDDEN}\n  definition errors could not be fetched: Denied at https://example.com/***`,
      `${errors[2]?.Arn}: X: ${HIDDEN}\n  definition errors not fetched (an earlier lookup failed or took too long)`,
      `${assetArn('theme/x')}: Y: Gone.`,
    ]);
    expect(dependencies.slept).toEqual([]);
  });

  test('is the last one that is fetched when the lookups have taken 30 seconds', async () => {
    quickSight.before = () => {
      dependencies.time += 16_000;
    };
    quickSight.definitionErrorsOf = () => ['why'];
    const found = await lines(errors);
    expect(found.filter((line) => line.includes('why'))).toHaveLength(2);
    expect(found[2]).toContain('definition errors not fetched (an earlier lookup failed or took too long)');
  });

  test('is fetched three times, with a pause between, when QuickSight is busy', async () => {
    const busy = new RetryableError('busy', 'SlowDown');
    failWith(busy, busy, undefined);
    expect(await lines(errors.slice(0, 1))).toEqual([`${errors[0]?.Arn}: X: ${HIDDEN}\n  why`]);
    expect(dependencies.slept).toHaveLength(2);
    failWith(busy);
    expect(await lines(errors.slice(0, 1))).toEqual([
      `${errors[0]?.Arn}: X: ${HIDDEN}\n  definition errors could not be fetched: SlowDown`,
    ]);
    expect(dependencies.slept).toHaveLength(4);
    expect(dependencies.slept.every((slept) => slept > 0)).toBe(true);
  });
});
