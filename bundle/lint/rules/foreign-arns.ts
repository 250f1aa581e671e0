import { type Arn, isAccountId, isRegion, parseArn } from '../arn';
import type { LintAssetPart, LintRule, Problem } from '../lint-rule';
import { isPrincipal } from '../permissions';

export const FOREIGN_ACCOUNT: LintRule = {
  id: 'foreign-account',
  severity: 'warning',
  remedy: 'Use an asset, secret or role of the account of the bundle, or make sure that the target may use this one.',
  *checkAsset(part, { account }) {
    yield* otherThan(part, account, (arn) => (isAccountId(arn.account) ? arn.account : undefined), 'account');
  },
};

export const FOREIGN_REGION: LintRule = {
  id: 'foreign-region',
  severity: 'warning',
  remedy: 'QuickSight assets are regional. Use a resource of the region of the bundle, or override it in the import.',
  *checkAsset(part, { region }) {
    yield* otherThan(part, region, (arn) => (isRegion(arn.region) ? arn.region : undefined), 'region');
  },
};

function* otherThan(
  { properties, texts }: LintAssetPart,
  expected: string | undefined,
  partOf: (arn: Arn) => string | undefined,
  noun: string,
): Generator<Problem> {
  if (expected === undefined) return;
  const reported = new Set<string>();
  for (const cursor of texts()) {
    const arn = parseArn(cursor.text);
    const found = arn && partOf(arn);
    if (found === undefined || found === expected || reported.has(cursor.text)) continue;
    // The rule source-principals reports principals. Their region is the identity region, which can differ.
    if (isPrincipal(properties, cursor)) continue;
    reported.add(cursor.text);
    const message = `${cursor.text} belongs to the ${noun} ${found}. The ${noun} of the bundle is ${expected}.`;
    yield { path: cursor.pointer, message };
  }
}
