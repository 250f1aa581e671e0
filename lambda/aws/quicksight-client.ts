import type { DescribeAssetBundleExportJobCommandOutput, QuickSightClient } from '@aws-sdk/client-quicksight';
import {
  DescribeAnalysisDefinitionCommand,
  DescribeAssetBundleExportJobCommand,
  DescribeDashboardDefinitionCommand,
  StartAssetBundleExportJobCommand,
} from '@aws-sdk/client-quicksight';
import { parseAssetArn } from '../../lib/contract/asset-arn';
import { TerminalError } from '../core/errors';
import type { ExportResourceRequest } from '../export/export-request';
import { classifyError, errorName, httpStatus } from './classify-error';

/** What Describe says of a job. */
export type ExportJob = Omit<DescribeAssetBundleExportJobCommandOutput, '$metadata'>;

/** Everything that we ask of QuickSight. */
export interface QuickSight {
  /** @throws RetryableError when the job may or may not run now: describe it. */
  start(request: ExportResourceRequest): Promise<void>;
  /** Undefined when there is no such job, or none any more: a description lives 14 days. */
  describe(request: ExportResourceRequest): Promise<ExportJob | undefined>;
  /** The errors of a dashboard's or an analysis's definition, which the job does not tell. */
  definitionErrors(assetArn: string): Promise<string[]>;
}

export function exportJobArn({ partition, region, account, jobId }: ExportResourceRequest): string {
  return `arn:${partition}:quicksight:${region}:${account}:asset-bundle-export-job/${jobId}`;
}

export function quickSight(client: QuickSightClient): QuickSight {
  return {
    async start(request) {
      const { properties } = request;
      try {
        await client.send(
          new StartAssetBundleExportJobCommand({
            AwsAccountId: request.account,
            AssetBundleExportJobId: request.jobId,
            ResourceArns: [...properties.ResourceArns],
            ExportFormat: properties.ExportFormat,
            IncludeAllDependencies: properties.IncludeAllDependencies,
            IncludePermissions: properties.IncludePermissions,
            IncludeTags: properties.IncludeTags,
            IncludeFolderMemberships: properties.IncludeFolderMemberships,
            IncludeFolderMembers: properties.IncludeFolderMembers,
            ValidationStrategy: properties.ValidationStrategy,
            CloudFormationOverridePropertyConfiguration:
              properties.CloudFormationOverridePropertyConfiguration as never,
          }),
        );
      } catch (error) {
        throw (
          refusedEdition(error) ??
          classifyError(error, { action: 'quicksight:StartAssetBundleExportJob', resource: exportJobArn(request) })
        );
      }
    },

    async describe(request) {
      try {
        const { $metadata, ...job } = await client.send(
          new DescribeAssetBundleExportJobCommand({
            AwsAccountId: request.account,
            AssetBundleExportJobId: request.jobId,
          }),
        );
        void $metadata;
        // A time that is none says nothing.
        return Number.isNaN(job.CreatedTime?.getTime()) ? { ...job, CreatedTime: undefined } : job;
      } catch (error) {
        if (errorName(error) === 'ResourceNotFoundException' || httpStatus(error) === 404) return undefined;
        throw (
          refusedEdition(error) ??
          classifyError(error, { action: 'quicksight:DescribeAssetBundleExportJob', resource: exportJobArn(request) })
        );
      }
    },

    async definitionErrors(assetArn) {
      const asset = parseAssetArn(assetArn);
      if (asset?.type !== 'dashboard' && asset?.type !== 'analysis') return [];
      try {
        const { Errors } =
          asset.type === 'dashboard'
            ? await client.send(
                new DescribeDashboardDefinitionCommand({ AwsAccountId: asset.account, DashboardId: asset.id }),
              )
            : await client.send(
                new DescribeAnalysisDefinitionCommand({ AwsAccountId: asset.account, AnalysisId: asset.id }),
              );
        return (Errors ?? []).map(
          ({ Type, Message, ViolatedEntities }) =>
            `${Type ?? 'Error'}: ${Message ?? 'no message'}${ViolatedEntities?.length ? ` (at ${ViolatedEntities.map(({ Path }) => Path).join(', ')})` : ''}`,
        );
      } catch (error) {
        // There is no action for definitions: that of the asset covers them.
        throw classifyError(error, {
          action: asset.type === 'dashboard' ? 'quicksight:DescribeDashboard' : 'quicksight:DescribeAnalysis',
          resource: assetArn,
        });
      }
    },
  };
}

function refusedEdition(error: unknown): TerminalError | undefined {
  return errorName(error) === 'UnsupportedUserEditionException'
    ? new TerminalError(
        'Asset bundles need the Enterprise edition of QuickSight, and this account has another: upgrade the subscription (UnsupportedUserEditionException).',
      )
    : undefined;
}
