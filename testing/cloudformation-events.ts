import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';
export const STACK_ID = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Promotion/51af3dc0-da77-11e4-872e-1234567db123`;

export const assetArn = (resource: string): string => `arn:aws:quicksight:${REGION}:${ACCOUNT}:${resource}`;

/** The required properties. */
export const PROPERTIES = {
  ServiceToken: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:provider`,
  ResourceArns: [assetArn('dashboard/sales-overview')],
  ExportFormat: 'QUICKSIGHT_JSON',
  ArtifactBucket: 'artifacts',
};

interface Change {
  readonly RequestId?: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties?: object;
  readonly OldResourceProperties?: object;
}

/** An event as CloudFormation documents it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export function cloudFormationEvent(
  RequestType: 'Create' | 'Update' | 'Delete',
  change: Change = {},
): CloudFormationCustomResourceEvent {
  return {
    RequestType,
    RequestId: 'request-1',
    ResponseURL:
      'https://cloudformation-custom-resource-response.s3.amazonaws.com/answer?X-Amz-Signature=response-secret',
    ServiceToken: PROPERTIES.ServiceToken,
    StackId: STACK_ID,
    LogicalResourceId: 'Sales',
    ResourceType: 'Custom::QuickSightAssetBundleExport',
    ResourceProperties: PROPERTIES,
    ...change,
  } as CloudFormationCustomResourceEvent;
}
