import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundle, HANDLERS } from '../../build/handlers';
import { failure, success } from './answers';
import type { Answers, Calls } from './recorder';
import { Recorder } from './recorder';

const PROGRAM = join(__dirname, 'every-call.ts');

interface Environment {
  readonly name: string;
  readonly variables: NodeJS.ProcessEnv;
  readonly answers: Answers;
  /** Where it goes. */
  readonly hosts: readonly string[];
}

const LAMBDA = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};
const LOCAL = ['127.0.0.1'];

/** The hosts of QuickSight, of the bucket of artifacts and of the one that a link of the scheme s3 names. */
const hosts = (quickSight: string, s3: string): string[] => [`artifacts.${s3}`, `bundles.${s3}`, quickSight].sort();

const inRegion = (region: string, suffix: string, variables: NodeJS.ProcessEnv = {}, fips = ''): Environment => ({
  name: [region, ...Object.keys(variables)].join(' '),
  variables: { ...LAMBDA, AWS_REGION: region, ...variables },
  answers: success,
  hosts: hosts(
    `quicksight${fips}.${region}.${suffix}`,
    `s3${fips}.${variables.AWS_USE_DUALSTACK_ENDPOINT ? 'dualstack.' : ''}${region}.${suffix.replace('api.aws', 'amazonaws.com')}`,
  ),
});

const FIPS = { AWS_USE_FIPS_ENDPOINT: 'true' };
const DUALSTACK = { AWS_USE_DUALSTACK_ENDPOINT: 'true' };

const where: Environment[] = [
  {
    name: 'an endpoint for each service',
    variables: { ...LAMBDA, AWS_ENDPOINT_URL_QUICKSIGHT: '{recorder}', AWS_ENDPOINT_URL_S3: '{recorder}' },
    answers: success,
    hosts: LOCAL,
  },
  {
    name: 'one endpoint, and credentials without a session',
    variables: { ...LAMBDA, AWS_SESSION_TOKEN: '', AWS_ENDPOINT_URL: '{recorder}' },
    answers: success,
    hosts: LOCAL,
  },
  {
    name: 'an endpoint for QuickSight alone',
    variables: { ...LAMBDA, AWS_ENDPOINT_URL_QUICKSIGHT: '{recorder}' },
    answers: success,
    hosts: hosts('127.0.0.1', 's3.us-east-1.amazonaws.com'),
  },
  inRegion('us-east-1', 'amazonaws.com'),
  inRegion('eu-central-1', 'amazonaws.com'),
  inRegion('us-gov-west-1', 'amazonaws.com'),
  inRegion('cn-north-1', 'amazonaws.com.cn'),
  inRegion('eusc-de-east-1', 'amazonaws.eu'),
  inRegion('us-iso-east-1', 'c2s.ic.gov'),
  inRegion('us-isob-east-1', 'sc2s.sgov.gov'),
  inRegion('eu-isoe-west-1', 'cloud.adc-e.uk'),
  inRegion('us-isof-south-1', 'csp.hci.ic.gov'),
  inRegion('us-east-1', 'amazonaws.com', FIPS, '-fips'),
  inRegion('us-east-1', 'api.aws', DUALSTACK),
  inRegion('us-gov-west-1', 'api.aws', { ...FIPS, ...DUALSTACK }, '-fips'),
];

/** Errors that the code knows, errors of the service models, and others. */
const FAILURES: ReadonlyArray<[number, string]> = [
  [400, 'InvalidParameterValueException'],
  [400, 'ValidationException'],
  [401, 'AccessDeniedException'],
  [403, 'AccessDeniedException'],
  [403, 'UnsupportedUserEditionException'],
  [403, 'ExpiredTokenException'],
  [404, 'ResourceNotFoundException'],
  [409, 'ConflictException'],
  [409, 'LimitExceededException'],
  [429, 'ThrottlingException'],
  [500, 'InternalFailureException'],
  [503, 'ServiceUnavailable'],
  [403, 'AccessDenied'],
  [404, 'NoSuchKey'],
  [404, 'NoSuchBucket'],
  [404, 'NoSuchUpload'],
  [403, 'InvalidObjectState'],
  [400, 'KMS.DisabledException'],
  [409, 'ConditionalRequestConflict'],
  [503, 'SlowDown'],
  [301, 'PermanentRedirect'],
  [405, 'MethodNotAllowed'],
];

const failing = FAILURES.map(
  ([status, code]): Environment => ({
    name: `${status} ${code}`,
    variables: { ...LAMBDA, AWS_MAX_ATTEMPTS: '1', AWS_ENDPOINT_URL: '{recorder}' },
    answers: failure(status, code),
    hosts: LOCAL,
  }),
);

const others: Environment[] = [
  {
    name: 'conditions that are not met',
    variables: { ...LAMBDA, AWS_ENDPOINT_URL: '{recorder}' },
    answers: (request) =>
      ('if-match' in request.headers || 'if-none-match' in request.headers
        ? failure(412, 'PreconditionFailed')
        : success)(request),
    hosts: LOCAL,
  },
  {
    name: 'two attempts',
    variables: { ...LAMBDA, AWS_MAX_ATTEMPTS: '2', AWS_ENDPOINT_URL: '{recorder}' },
    answers: failure(500, 'InternalError'),
    hosts: LOCAL,
  },
];

const ENVIRONMENTS = [...where, ...failing, ...others];
const WITHOUT_CREDENTIALS: Environment = {
  name: 'without credentials',
  variables: { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: '{recorder}', AWS_EC2_METADATA_DISABLED: 'true' },
  answers: success,
  hosts: [],
};

interface Run {
  /** What was sent, and what came of it, for each environment. */
  readonly calls: readonly Calls[];
  readonly outcomes: ReadonlyArray<Record<string, unknown>>;
}

async function run(program: string): Promise<Run> {
  const all = [...ENVIRONMENTS, WITHOUT_CREDENTIALS];
  const recorder = new Recorder(all.map(({ answers }) => answers));
  const port = await recorder.start();
  try {
    const environments = all.map(({ variables }) =>
      JSON.parse(JSON.stringify(variables).replaceAll('{recorder}', `http://127.0.0.1:${port}`)),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify({ environments, port })], {
      env: { HOME: folder },
      maxBuffer: 2 ** 26,
      timeout: 50_000,
    });
    return { calls: recorder.environments, outcomes: JSON.parse(stdout.replaceAll(`:${port}`, '')) };
  } finally {
    await recorder.stop();
  }
}

let folder: string;
let ours: Run;
let plain: Run;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wire-'));
  // With the handler beside it, so that every change finds its module.
  await bundle({ ours: PROGRAM, 'is-complete': HANDLERS['is-complete'] }, folder);
  await build({
    entryPoints: { plain: PROGRAM },
    outdir: folder,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  [ours, plain] = [await run(join(folder, 'ours.js')), await run(join(folder, 'plain.js'))];
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundled clients', () => {
  test.each(ENVIRONMENTS.map((environment, index) => [environment.name, index, environment.hosts] as const))(
    'do what the SDK does: %s',
    (_, index, to) => {
      expect(ours.calls[index]).toEqual(plain.calls[index]);
      expect(ours.outcomes[index]).toEqual(plain.outcomes[index]);
      expect(
        [
          ...new Set(
            Object.values(ours.calls[index] ?? {})
              .flat()
              .map(({ headers }) => headers.host),
          ),
        ].sort(),
      ).toEqual(to);
    },
  );

  test('look for credentials in the environment alone, and say so', () => {
    expect(ours.calls.at(-1)).toEqual(plain.calls.at(-1));
    expect(ours.outcomes.at(-1)).toMatchObject({
      describe: {
        failed: 'TerminalError',
        message: expect.stringContaining('CredentialsProviderError: Unable to find environment variable credentials.'),
      },
    });
  });
});
