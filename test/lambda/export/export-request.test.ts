import { TerminalError } from '../../../lambda/core/errors';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { exportResourceRequest, propertiesDigest } from '../../../lambda/export/export-request';
import type { IsCompleteEvent } from '../../../lambda/lifecycle/job-request';
import { assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';

const accepted = (event: object): IsCompleteEvent => ({ ...event, RequestedTime: 1_000_000 }) as IsCompleteEvent;
const create = (change: object = {}) =>
  exportResourceRequest(accepted(cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ...change } })));

describe('the digest of the properties', () => {
  const digest = (change: object) => propertiesDigest(decodeProperties({ ...PROPERTIES, ...change }));

  test.each([
    ['a boolean that CloudFormation sends as text', { IncludeTags: 'false' }],
    ['a default that the template states', { IncludeFolderMembers: 'NONE', ArtifactPrefix: '' }],
    ['another removal policy', { RemovalPolicy: 'DESTROY' }],
    ['another timeout', { TimeoutSeconds: '600', ServiceTimeout: '900' }],
  ])('is the same for %s', (_, change) => expect(digest(change)).toBe(digest({})));

  test.each([
    ['other assets', { ResourceArns: [assetArn('dashboard/other')] }],
    ['another flag', { IncludeTags: 'true' }],
    ['another bucket', { ArtifactBucket: 'elsewhere' }],
    ['another prefix', { ArtifactPrefix: 'exports/' }],
    ['another trigger', { Trigger: 'now' }],
  ])('differs for %s', (_, change) => expect(digest(change)).not.toBe(digest({})));
});

describe('a request', () => {
  test('has its decoded properties, their digest and a deadline from TimeoutSeconds', () => {
    const request = create({ TimeoutSeconds: '60' });
    expect(request.properties).toEqual(decodeProperties({ ...PROPERTIES, TimeoutSeconds: '60' }));
    expect(request.propertiesDigest).toBe(propertiesDigest(request.properties));
    expect(request.deadline - request.requestedTime).toBe(60_000);
    expect(request).not.toHaveProperty('previousProperties');
  });

  test('of an Update has the previous id, and the previous properties if they decode', () => {
    const update = (OldResourceProperties: object) =>
      exportResourceRequest(
        accepted(cloudFormationEvent('Update', { PhysicalResourceId: 'old', OldResourceProperties })),
      );
    expect(update(PROPERTIES)).toMatchObject({
      previousPhysicalResourceId: 'old',
      previousProperties: { ArtifactBucket: 'artifacts' },
    });
    expect(update({ ...PROPERTIES, ExportFormat: 'PDF' }).previousProperties).toBeUndefined();
  });

  test('with properties that do not decode fails', () => {
    expect(() => create({ IncludeTags: 'perhaps' })).toThrow(TerminalError);
  });
});

describe('a request with assets of another environment', () => {
  const REMEDY = 'Deploy the stack to the account and region of the assets.';

  test.each([
    ['partition', 'arn:aws-cn:quicksight:us-east-1:123456789012:dashboard/x'],
    ['region', 'arn:aws:quicksight:eu-west-1:123456789012:dashboard/x'],
    ['account', 'arn:aws:quicksight:us-east-1:999999999999:dashboard/x'],
  ])('fails when the %s differs', (_, arn) => {
    expect(() => create({ ResourceArns: [assetArn('dashboard/here'), arn] })).toThrow(
      new TerminalError(
        `An export job takes only assets of its own account and region (123456789012, us-east-1, from ${STACK_ID}). These assets are elsewhere: ${arn}. ${REMEDY}`,
      ),
    );
  });

  test.each([
    [5, ''],
    [6, ' and 1 more'],
  ])('lists five of %d assets and counts the rest', (count, more) => {
    const arns = Array.from({ length: count }, (_, n) => `arn:aws:quicksight:eu-west-1:123456789012:dashboard/${n}`);
    expect(() => create({ ResourceArns: arns })).toThrow(
      `These assets are elsewhere: ${arns.slice(0, 5).join(', ')}${more}. ${REMEDY}`,
    );
  });
});
