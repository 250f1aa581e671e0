import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Aspects, CfnResource, Lazy, NestedStack, RemovalPolicy, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { NagPack } from 'cdk-nag';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { AssetBundleExportProps } from '../support';
import {
  ACCOUNT,
  AssetBundleExport,
  ExportFormat,
  IncludeFolderMembers,
  newApp,
  newStack,
  QuickSightAsset,
  REGION,
} from '../support';

/** The feature flags that `cdk init` sets for a new app. */
const NEW_APP = (JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'cdk.json'), 'utf8')) as { context: object })
  .context;

const ASSETS = [QuickSightAsset.dashboard('d'), QuickSightAsset.folder('f')];

const ALL_FLAGS: Partial<AssetBundleExportProps> = {
  exportFormat: ExportFormat.CLOUDFORMATION_JSON,
  includeAllDependencies: true,
  includePermissions: true,
  includeTags: true,
  includeFolderMemberships: true,
  includeFolderMembers: IncludeFolderMembers.RECURSE,
};

const exportOf = (stack: Stack, id: string, props: Partial<AssetBundleExportProps> = {}) =>
  new AssetBundleExport(stack, id, { assets: ASSETS, ...props });

/** A bucket without findings of AwsSolutions. */
function cleanBucket(stack: Stack, props: s3.BucketProps = {}): s3.Bucket {
  return new s3.Bucket(stack, 'Bucket', {
    versioned: true,
    enforceSSL: true,
    serverAccessLogsPrefix: 'access/',
    ...props,
  });
}

function exports(stack: Stack): void {
  exportOf(stack, 'Plain');
  exportOf(stack, 'All', ALL_FLAGS);
  exportOf(stack, 'Prefix', { prefix: 'exports/', removalPolicy: RemovalPolicy.DESTROY });
  const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  exportOf(stack, 'Own', {
    ...ALL_FLAGS,
    bucket: cleanBucket(stack, { encryption: s3.BucketEncryption.KMS, encryptionKey }),
    encryptionKey,
  });
}

/** Each finding with its resource. */
function findings(pack: NagPack, scope: IConstruct): string[] {
  return pack
    .validateScope(scope)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`),
    )
    .sort();
}

/** The findings, including the acknowledged ones. */
function allFindings(pack: NagPack, scope: IConstruct): string[] {
  const acknowledged = jest
    .spyOn(pack as unknown as { isAcknowledged: () => boolean }, 'isAcknowledged')
    .mockReturnValue(false);
  const all = findings(pack, scope);
  acknowledged.mockRestore();
  return all;
}

const awsSolutions = (scope: IConstruct) => findings(new AwsSolutionsChecks(), scope);

/** Stacks whose findings have different ids. */
const STACKS: Record<string, (app: App) => void> = {
  'in an account and region': (app) => exports(newStack(undefined, app)),
  'in no account or region': (app) => exports(new Stack(app, 'Stack')),
  'in another partition': (app) =>
    exports(new Stack(app, 'Stack', { env: { account: ACCOUNT, region: 'cn-north-1' } })),
  'in a stage': (app) =>
    exports(new Stack(new Stage(app, 'Stage'), 'Stack', { env: { account: ACCOUNT, region: REGION } })),
  'in a nested stack': (app) => exports(new NestedStack(newStack(undefined, app), 'Nested')),
  'with a bucket of another stack': (app) => {
    const bucket = cleanBucket(newStack(undefined, app, 'Producer'));
    exportOf(newStack(undefined, app), 'Export', { bucket });
  },
  'with a bucket outside of a nested stack': (app) => {
    const stack = newStack(undefined, app);
    exportOf(new NestedStack(stack, 'Nested'), 'Export', { bucket: cleanBucket(stack) });
  },
  'with imported buckets and keys': (app) => {
    const stack = newStack(undefined, app);
    const named = (name: string) => s3.Bucket.fromBucketName(stack, name, name);
    exportOf(stack, 'One', {
      bucket: named('one'),
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${REGION}:${ACCOUNT}:key/k`),
    });
    exportOf(stack, 'Two', {
      bucket: named('two'),
      encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/exports'),
    });
  },
  'with prefixes of special characters': (app) => {
    const stack = newStack(undefined, app);
    const prefixes = ['a*b/', 'Q3 reports/', 'a(b/', 'a]}b{/', '${x}/', Lazy.string({ produce: () => 'lazy/' })];
    for (const [index, prefix] of prefixes.entries()) exportOf(stack, `E${index}`, { prefix });
  },
  'with more prefixes than fit into a policy': (app) => {
    const stack = newStack(undefined, app);
    for (let index = 0; index < 60; index += 1) exportOf(stack, `E${index}`, { prefix: `team-${index}/exports/` });
  },
  'with more buckets and keys than have policies of their own': (app) => {
    const stack = newStack(undefined, app);
    for (let index = 0; index < 5; index += 1)
      exportOf(stack, `E${index}`, {
        bucket: s3.Bucket.fromBucketName(stack, `B${index}`, `bucket-${index}`),
        encryptionKey: kms.Alias.fromAliasName(stack, `K${index}`, `alias/key-${index}`),
        prefix: `team-${index}/`,
        removalPolicy: RemovalPolicy.DESTROY,
      });
  },
  'with a bucket whose logical id is overridden last': (app) => {
    const stack = newStack(undefined, app);
    const bucket = cleanBucket(stack);
    exportOf(stack, 'Export', { bucket });
    (bucket.node.defaultChild as CfnResource).overrideLogicalId('Renamed');
  },
};

describe('AwsSolutions', () => {
  describe.each([
    ['an app without feature flags', {}],
    ['a new app', NEW_APP],
  ])('in %s', (_, context) => {
    test.each(Object.entries(STACKS))('has no findings %s', (__, build) => {
      const app = newApp({ context });
      build(app);
      Validations.of(app).addPlugins(new AwsSolutionsChecks());
      // Findings are thrown.
      app.synth();
      expect(awsSolutions(app)).toEqual([]);
      expect(allFindings(new AwsSolutionsChecks(), app)).not.toEqual([]);
    });
  });

  test('has no findings before synthesis, except lazy ones', () => {
    const stack = newStack();
    exports(stack);
    // The id of the second prefix in a bucket depends on the exports that are created later.
    expect(awsSolutions(stack)).toEqual([expect.stringContaining('exports/assetbundle-*')]);
  });

  test('finds the wildcards that a user adds', () => {
    const app = newApp();
    const stack = newStack(undefined, app);
    exports(stack);
    const role = stack.node.findChild('AssetBundleExportProvider').node.findChild('IsCompleteRole') as iam.Role;
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['arn:aws:s3:::other/*'] }));
    app.synth();
    const path = 'Stack/AssetBundleExportProvider/IsCompleteRole/DefaultPolicy/Resource';
    expect(awsSolutions(app)).toEqual([
      `${path} AwsSolutions-IAM5[Action::s3:*]`,
      `${path} AwsSolutions-IAM5[Resource::arn:aws:s3:::other/*]`,
    ]);
  });
});

interface Suppression {
  id: string;
  reason: string;
  applies_to?: string[];
}

/** The suppressions in the metadata of the resources when version 2 reads them, in aspects of the default priority. */
function suppressions(app: App): Array<{ path: string; rules: Suppression[] }> {
  const found = new Map<string, Suppression[]>();
  Aspects.of(app).add({
    visit: (construct) => {
      if (!CfnResource.isCfnResource(construct)) return;
      const metadata = construct.getMetadata('cdk_nag') as { rules_to_suppress: Suppression[] } | undefined;
      if (metadata) found.set(construct.node.path, metadata.rules_to_suppress);
    },
  });
  app.synth();
  return [...found].map(([path, rules]) => ({ path, rules }));
}

describe('an acknowledgement', () => {
  test.each([
    'in an account and region',
    'in no account or region',
    'in a nested stack',
    'with prefixes of special characters',
    'with more prefixes than fit into a policy',
    'with more buckets and keys than have policies of their own',
  ])('exists for each finding and for nothing else %s', (name) => {
    const app = newApp();
    STACKS[name]?.(app);
    const acknowledged = suppressions(app)
      .flatMap(({ path, rules }) =>
        rules.flatMap(({ id, applies_to }) =>
          (applies_to?.map((each) => `${id}[${each}]`) ?? [id]).map((rule) => `${path} ${rule}`),
        ),
      )
      .sort();
    expect(acknowledged).toEqual(allFindings(new AwsSolutionsChecks(), app));
  });

  test('has a reason in ASCII, which the template shows unchanged', () => {
    const app = newApp();
    exports(newStack(undefined, app));
    for (const { reason } of suppressions(app).flatMap(({ rules }) => rules))
      expect(reason).toMatch(/^[\x20-\x7e]{30,}\.$/);
  });

  test('is in the template once, after repeated synthesis, next to the suppressions of the user', () => {
    const app = newApp();
    const stack = newStack(undefined, app);
    exports(stack);
    const bucket = stack.node.findChild('AssetBundleExportBucket').node.defaultChild as CfnResource;
    const own = { id: 'AwsSolutions-S1', reason: 'A suppression of the user.' };
    bucket.addMetadata('cdk_nag', { rules_to_suppress: [own] });
    app.synth();
    app.synth({ force: true });
    expect(bucket.getMetadata('cdk_nag')).toEqual({
      rules_to_suppress: [own, { id: 'AwsSolutions-S1', reason: expect.stringContaining('Access logs') }],
    });
  });

  test('is kept when version 3 writes suppressions into the template', () => {
    const app = newApp();
    const stack = newStack(undefined, app);
    exports(stack);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }));
    const [template] = app.synth().stacks.map((artifact) => JSON.stringify(artifact.template));
    for (const rule of [
      'AwsSolutions-S1',
      'AwsSolutions-SF1',
      'AwsSolutions-IAM5[Resource::<AssetBundleExportBucket2F529F54.Arn>/exports/assetbundle-*]',
    ]) {
      expect(template).toContain(`"id":"${rule}"`);
    }
  });
});

/** The README documents these findings. Their resolution is a decision of the owner of the account. */
test.each([
  [
    'HIPAA Security',
    new HIPAASecurityChecks(),
    [
      'CloudWatchLogGroupEncrypted',
      'IAMNoInlinePolicy',
      'LambdaConcurrency',
      'LambdaDLQ',
      'LambdaInsideVPC',
      'S3BucketLoggingEnabled',
      'S3BucketReplicationEnabled',
      'S3DefaultEncryptionKMS',
    ],
  ],
  [
    'NIST 800-53 rev 5',
    new NIST80053R5Checks(),
    [
      'CloudWatchLogGroupEncrypted',
      'IAMNoInlinePolicy',
      'LambdaConcurrency',
      'LambdaDLQ',
      'LambdaInsideVPC',
      'S3BucketLoggingEnabled',
      'S3BucketReplicationEnabled',
      'S3DefaultEncryptionKMS',
    ],
  ],
  [
    'NIST 800-53 rev 4',
    new NIST80053R4Checks(),
    [
      'CloudWatchLogGroupEncrypted',
      'IAMNoInlinePolicy',
      'LambdaInsideVPC',
      'S3BucketDefaultLockEnabled',
      'S3BucketLoggingEnabled',
      'S3BucketReplicationEnabled',
    ],
  ],
  [
    'PCI DSS 3.2.1',
    new PCIDSS321Checks(),
    [
      'CloudWatchLogGroupEncrypted',
      'IAMNoInlinePolicy',
      'LambdaInsideVPC',
      'S3BucketLoggingEnabled',
      'S3BucketReplicationEnabled',
      'S3DefaultEncryptionKMS',
    ],
  ],
  [
    'Serverless',
    new ServerlessChecks(),
    ['LambdaDLQ', 'LambdaDefaultMemorySize', 'LambdaTracing', 'StepFunctionStateMachineXray'],
  ],
])('%s has only the documented findings', (_, pack, rules) => {
  const stack = newStack();
  exportOf(stack, 'All', ALL_FLAGS);
  expect(
    pack
      .validateScope(stack)
      .violations.map(({ ruleName }) => ruleName.replace(/^.*-/, ''))
      .sort(),
  ).toEqual(rules);
});
