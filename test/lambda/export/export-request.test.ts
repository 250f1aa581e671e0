import fc from 'fast-check';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { exportResourceRequest, propertiesDigest } from '../../../lambda/export/export-request';
import type { IsCompleteEvent } from '../../../lambda/lifecycle/job-request';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';

const started = (event: object): IsCompleteEvent => ({ ...event, RequestedTime: 1_000_000 }) as IsCompleteEvent;

describe('the export job that a request means', () => {
  test('is the same for a repeated delivery, and another for another request, resource or stack', () => {
    const first = jobIdOf(cloudFormationEvent('Create'));
    expect(jobIdOf(cloudFormationEvent('Create'))).toBe(first);
    const others = [
      { ...cloudFormationEvent('Create'), RequestId: 'request-2' },
      { ...cloudFormationEvent('Create'), LogicalResourceId: 'Marketing' },
      { ...cloudFormationEvent('Create'), StackId: STACK_ID.replace('51af', '51ae') },
    ].map(jobIdOf);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  test('has an id that the model takes, and that people recognise', () => {
    expect(jobIdOf(cloudFormationEvent('Create'))).toMatch(/^Promotion-Sales-/);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 128 }),
        fc.string({ maxLength: 255 }),
        fc.string(),
        (stack, logical, request) => {
          // ShortRestrictiveResourceId
          expect(
            jobIdOf({
              StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/${stack}/x`,
              LogicalResourceId: logical,
              RequestId: request,
            }),
          ).toMatch(/^[\w-]{1,512}$/);
        },
      ),
    );
  });
});

describe('the digest of the properties', () => {
  const digest = (change: object) => propertiesDigest(decodeProperties({ ...PROPERTIES, ...change }));

  test.each([
    ['text for a boolean', { IncludeTags: 'false' }],
    ['a default that is written out', { IncludeFolderMembers: 'NONE', ArtifactPrefix: '' }],
    ['another removal policy', { RemovalPolicy: 'DESTROY' }],
    ['another time-out', { TimeoutSeconds: '600', ServiceTimeout: '900' }],
  ])('is the same with %s', (_, change) => expect(digest(change)).toBe(digest({})));

  test.each([
    ['other assets', { ResourceArns: [assetArn('dashboard/other')] }],
    ['another flag', { IncludeTags: 'true' }],
    ['another bucket', { ArtifactBucket: 'elsewhere' }],
    ['another prefix', { ArtifactPrefix: 'exports/' }],
    ['another trigger', { Trigger: 'now' }],
  ])('is another with %s', (_, change) => expect(digest(change)).not.toBe(digest({})));
});

describe('the request', () => {
  test('has a deadline of its own before the hour that CloudFormation gives', () => {
    const hour = exportResourceRequest(
      started(cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, TimeoutSeconds: '3600' } })),
    );
    expect(hour.deadline - hour.requestedTime).toBeLessThan(3600 * 1000);
    const minute = exportResourceRequest(
      started(cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, TimeoutSeconds: '60' } })),
    );
    expect(minute.deadline - minute.requestedTime).toBe(60 * 1000);
  });

  test.each([
    'arn:aws:quicksight:us-east-1:999999999999:dashboard/x',
    'arn:aws:quicksight:eu-west-1:123456789012:dashboard/x',
  ])('refuses %s, of another account or region', (arn) => {
    expect(() =>
      exportResourceRequest(
        started(cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ResourceArns: [arn] } })),
      ),
    ).toThrow(`These assets are elsewhere: ${arn}`);
  });

  test('knows what an Update comes from, and leaves out properties that do not decode', () => {
    const update = (OldResourceProperties: object) =>
      exportResourceRequest(
        started(cloudFormationEvent('Update', { PhysicalResourceId: 'old', OldResourceProperties })),
      );
    expect(update(PROPERTIES)).toMatchObject({
      previousPhysicalResourceId: 'old',
      previousProperties: { ArtifactBucket: 'artifacts' },
    });
    expect(update({ ...PROPERTIES, ExportFormat: 'PDF' }).previousProperties).toBeUndefined();
  });
});
