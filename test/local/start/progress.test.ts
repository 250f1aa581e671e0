import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import { failures } from '../../../local/start/progress';

test('failures() omits cancelled resources and stack traces', () => {
  const event = (LogicalResourceId: string, ResourceStatus: ResourceStatus, ResourceStatusReason?: string) => ({
    LogicalResourceId,
    ResourceType: 'Custom::X',
    ResourceStatus,
    ResourceStatusReason,
  });
  expect(
    failures([
      event('A', 'CREATE_FAILED', 'Export job failed\n\n    at invokeUserFunction (framework.js:2:6)'),
      event('B', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('C', 'CREATE_COMPLETE'),
    ]),
  ).toEqual(['A (Custom::X): Export job failed']);
});
