import { echoOf } from '../../../local/aws-check/echo';
import { requestOf } from '../../../local/aws-check/export-cases';

const ARN = 'arn:aws:quicksight:us-east-1:123456789012:dashboard/sales';
const request = requestOf({ format: 'QUICKSIGHT_JSON', flags: true }, ARN);

/** The answer that the facts about QuickSight describe: unset members are null or absent. */
const ANSWER = {
  ResourceArns: [ARN],
  ExportFormat: 'QUICKSIGHT_JSON',
  IncludeAllDependencies: true,
  IncludePermissions: true,
  IncludeTags: true,
  IncludeFolderMemberships: true,
  IncludeFolderMembers: 'NONE',
  CloudFormationOverridePropertyConfiguration: null,
};

test('an answer that repeats the request has no difference', () => {
  expect(echoOf(request, ANSWER).rows.filter(({ same }) => !same)).toEqual([]);
});

test('a difference shows both values', () => {
  const { rows } = echoOf(request, {
    ...ANSWER,
    IncludeTags: false,
    ValidationStrategy: { StrictModeForAllResources: false },
  });
  expect(rows.filter(({ same }) => !same)).toEqual([
    { member: 'IncludeTags', requested: 'true', described: 'false', same: false },
    { member: 'ValidationStrategy', requested: 'unset', described: '{"StrictModeForAllResources":false}', same: false },
  ]);
});

test('other members appear with their names only', () => {
  const answer = { ...ANSWER, DownloadUrl: 'https://secret', JobStatus: 'SUCCESSFUL', Errors: null, $metadata: {} };
  const { otherMembers, rows } = echoOf(request, answer);
  expect(otherMembers).toEqual(['DownloadUrl', 'JobStatus']);
  expect(JSON.stringify(rows)).not.toContain('secret');
});
