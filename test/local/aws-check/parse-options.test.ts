import { newStackName } from '../../../local/aws-check/run-stacks';
import { evaluate } from '../evaluate-module';

const parse = (...args: string[]) => evaluate('aws-check/parse-options.mjs', `m.parseOptions(${JSON.stringify(args)})`);

test('the dashboard is the only required option', async () => {
  expect(await parse('--dashboard', 'sales-overview')).toEqual({ dashboard: 'sales-overview', yes: false });
  expect(await parse('--dashboard', 'a_1', '--region', 'eu-west-1', '--yes')).toEqual({
    dashboard: 'a_1',
    region: 'eu-west-1',
    yes: true,
  });
});

test('--destroy takes the stack of an earlier run', async () => {
  const destroy = newStackName();
  expect(await parse('--destroy', destroy)).toEqual({ destroy, yes: false });
});

test('returns nothing for --help', async () => {
  expect(await parse('--help')).toBeNull();
});

test.each([
  [[], '--dashboard is missing.\n\nUsage: npm run test:aws'],
  [['--dashboard', 'arn:aws:quicksight:us-east-1:123456789012:dashboard/a'], 'use the id of a dashboard'],
  [['--dashboard', 'a', '--destroy', 'b'], 'Use either --dashboard or --destroy.'],
  [['--destroy', 'ProductionStack'], '--destroy ProductionStack: use the stack of an earlier run'],
  [['--destroy', 'QuickSightAssetBundleTest-0123abcd-DeniedRole'], 'use the stack of an earlier run'],
  [['--fast'], "Unknown option '--fast'. Run `npm run test:aws -- --help` for the list of options."],
])('rejects %j', async (args, message) => {
  expect(await parse(...args)).toContain(message);
});
