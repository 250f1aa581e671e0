import { dollars } from '../../../bench/deployment/prices';

const NOTHING = {
  invocations: 0,
  architecture: 'arm64',
  gigabyteSeconds: 0,
  transitions: 0,
  s3Writes: 0,
  s3Reads: 0,
} as const;

// The pricing pages of us-east-1: aws.amazon.com/{lambda,step-functions,s3}/pricing.
test.each([
  ['a million invocations', { invocations: 1e6 }, 0.2],
  ['a million GB-seconds on arm64', { gigabyteSeconds: 1e6 }, 13.3334],
  ['a million GB-seconds on x86', { gigabyteSeconds: 1e6, architecture: 'x86' }, 16.6667],
  ['a thousand transitions', { transitions: 1000 }, 0.025],
  ['a thousand writes to S3', { s3Writes: 1000 }, 0.005],
  ['a thousand reads from S3', { s3Reads: 1000 }, 0.0004],
] as const)('%s cost what AWS publishes', (_, usage, expected) => {
  expect(dollars({ ...NOTHING, ...usage })).toBeCloseTo(expected, 6);
});
