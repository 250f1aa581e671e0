import { handler } from '../../../lambda/export/on-event';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { captureOutput } from '../../support/capture-output';

const CREATE = cloudFormationEvent('Create');

beforeEach(() => void captureOutput());
afterEach(() => jest.restoreAllMocks());

test('the handler accepts a Create under the id of its export job', async () => {
  const from = Date.now();
  const result = await handler(CREATE);
  expect(result.PhysicalResourceId).toBe(jobIdOf(CREATE));
  expect(result.RequestedTime).toBeGreaterThanOrEqual(from);
});

test('the handler rejects properties of which no export can be made', async () => {
  const invalid = cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, IncludeTags: 'perhaps' } });
  await expect(handler(invalid)).rejects.toThrow('IncludeTags');
});
