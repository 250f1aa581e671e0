import { CfnResource } from 'aws-cdk-lib';
import { AssetBundleExport, ExportFormat, newApp, newExport, newStack, QuickSightAsset } from '../lib/support';

describe('the CloudFormation validation of the CDK', () => {
  const app = () =>
    newApp({ builtinCloudFormationValidation: true, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });

  test('accepts exports', () => {
    const checked = app();
    const stack = newStack(undefined, checked);
    newExport(
      {
        exportFormat: ExportFormat.CLOUDFORMATION_JSON,
        includeAllDependencies: true,
        includePermissions: true,
        includeTags: true,
      },
      stack,
    );
    new AssetBundleExport(stack, 'More', { assets: [QuickSightAsset.folder('f')], prefix: 'exports/' });
    expect(() => checked.synth()).not.toThrow();
  });

  test('rejects an invalid resource, so it is active', () => {
    const checked = app();
    new CfnResource(newStack(undefined, checked), 'Bad', {
      type: 'AWS::S3::Bucket',
      properties: { BucketName: ['no', 'name'], Nonsense: 1 },
    });
    const error = jest.spyOn(console, 'error').mockImplementation();
    process.exitCode = 0;
    let failed = false;
    try {
      checked.synth();
    } catch {
      failed = true;
    }
    expect(failed || process.exitCode !== 0).toBe(true);
    process.exitCode = 0;
    error.mockRestore();
  });
});
