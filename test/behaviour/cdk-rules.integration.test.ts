import { CfnResource } from 'aws-cdk-lib';
import { AssetBundleExport, ExportFormat, newApp, newExport, newStack, QuickSightAsset } from '../lib/support';

describe("CDK's own rules, as errors", () => {
  const app = () =>
    newApp({ builtinCloudFormationValidation: true, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });

  test('find nothing', () => {
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

  test('would find something', () => {
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
