import util from 'node:util';
import { SetUpError } from '../set-up/command.mjs';

export const USAGE = `Usage: npm run test:aws -- --dashboard ID [options]

Deploys the sample app to a real AWS account, exports a dashboard in both formats, writes a report of the behaviour of AWS,
and destroys everything that it created. See docs/guides/test-on-a-real-account.md.

It needs:
  - AWS credentials in the usual environment (variables, a profile, SSO)
  - the id of a dashboard in that account and region
  - cdk bootstrap, once for each account and region

Options:
  --dashboard ID    Id of the dashboard to export.
  --region REGION   Region of the dashboard. Default: AWS_REGION, AWS_DEFAULT_REGION, or the region of the profile.
  --yes             Do not ask before anything is created.
  --destroy STACK   Export nothing. Destroy what an earlier run left: the name of its stack.
  --help            Show this help.`;

const DASHBOARD_ID = /^[\w-]{1,512}$/;

/** The stack names of this command. It destroys no other stack. */
const STACK_NAME = /^QuickSightAssetBundleTest-[0-9a-f]{8}$/;

/**
 * The options of `npm run test:aws`, or undefined for --help. Needs no dependencies, so that a mistake shows before the set-up.
 * @throws SetUpError for a mistake in the options.
 */
export function parseOptions(args) {
  const { help, ...options } = parse(args);
  if (help) return undefined;
  const { dashboard, destroy } = options;
  if (destroy !== undefined) {
    if (dashboard !== undefined) throw new SetUpError('Use either --dashboard or --destroy.');
    if (!STACK_NAME.test(destroy))
      throw new SetUpError(
        `--destroy ${destroy}: use the stack of an earlier run, QuickSightAssetBundleTest-XXXXXXXX.`,
      );
    return options;
  }
  if (dashboard === undefined) throw new SetUpError(`--dashboard is missing.\n\n${USAGE}`);
  if (!DASHBOARD_ID.test(dashboard))
    throw new SetUpError(
      `--dashboard ${dashboard}: use the id of a dashboard, the last part of its URL and of its ARN. It has letters, digits, - and _ only.`,
    );
  return options;
}

function parse(args) {
  try {
    return util.parseArgs({
      args,
      options: {
        dashboard: { type: 'string' },
        region: { type: 'string' },
        yes: { type: 'boolean', default: false },
        destroy: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const [reason] = error.message.split(/\.?(?:\n|$)/, 1);
    throw new SetUpError(`${reason}. Run \`npm run test:aws -- --help\` for the list of options.`);
  }
}
