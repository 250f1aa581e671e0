import type { DescribeAssetBundleExportJobCommandOutput, QuickSightClient } from '@aws-sdk/client-quicksight';
import {
  DescribeAnalysisDefinitionCommand,
  DescribeAssetBundleExportJobCommand,
  DescribeDashboardDefinitionCommand,
  StartAssetBundleExportJobCommand,
} from '@aws-sdk/client-quicksight';
import { parseAssetArn } from '../../lib/contract/asset-arn';
import type { ExportRequest } from '../../lib/contract/export-resource';
import { TerminalError } from '../core/errors';
import { redactedExcerpt } from '../core/redact';
import { classifyError, errorName, httpStatus } from './classify-error';

/** The response of DescribeAssetBundleExportJob. */
export type ExportJob = Omit<DescribeAssetBundleExportJobCommandOutput, '$metadata'>;

/** Identity of an export job. */
export interface ExportJobId {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly jobId: string;
}

/** The operations of QuickSight that an export uses. */
export interface QuickSight {
  /** @throws RetryableError when the job may have started. */
  start(job: ExportJobId, request: ExportRequest): Promise<void>;
  /** Undefined when the job does not exist. QuickSight describes a job for 14 days. */
  describe(job: ExportJobId): Promise<ExportJob | undefined>;
  /** The errors of the definition of a dashboard or an analysis. The job does not report them. */
  definitionErrors(assetArn: string): Promise<string[]>;
}

export function exportJobArn({ partition, region, account, jobId }: ExportJobId): string {
  return `arn:${partition}:quicksight:${region}:${account}:asset-bundle-export-job/${jobId}`;
}

export function quickSight(client: QuickSightClient): QuickSight {
  return {
    async start(job, request) {
      try {
        await client.send(
          new StartAssetBundleExportJobCommand({
            AwsAccountId: job.account,
            AssetBundleExportJobId: job.jobId,
            ResourceArns: [...request.ResourceArns],
            ExportFormat: request.ExportFormat,
            IncludeAllDependencies: request.IncludeAllDependencies,
            IncludePermissions: request.IncludePermissions,
            IncludeTags: request.IncludeTags,
            IncludeFolderMemberships: request.IncludeFolderMemberships,
            IncludeFolderMembers: request.IncludeFolderMembers,
            ValidationStrategy: request.ValidationStrategy,
            CloudFormationOverridePropertyConfiguration: request.CloudFormationOverridePropertyConfiguration as never,
          }),
        );
      } catch (error) {
        throw (
          unsupportedEdition(error, job.account) ??
          classifyError(error, {
            action: 'quicksight:StartAssetBundleExportJob',
            resource: exportJobArn(job),
            region: job.region,
          })
        );
      }
    },

    async describe(id) {
      try {
        const { $metadata, ...job } = await client.send(
          new DescribeAssetBundleExportJobCommand({
            AwsAccountId: id.account,
            AssetBundleExportJobId: id.jobId,
          }),
        );
        void $metadata;
        // Ignore an invalid date.
        return Number.isNaN(job.CreatedTime?.getTime()) ? { ...job, CreatedTime: undefined } : job;
      } catch (error) {
        if (errorName(error) === 'ResourceNotFoundException' || httpStatus(error) === 404) return undefined;
        throw (
          unsupportedEdition(error, id.account) ??
          classifyError(error, {
            action: 'quicksight:DescribeAssetBundleExportJob',
            resource: exportJobArn(id),
            region: id.region,
          })
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
        // IAM has no action for definitions. The Describe action of the asset covers them.
        throw classifyError(error, {
          action: asset.type === 'dashboard' ? 'quicksight:DescribeDashboard' : 'quicksight:DescribeAnalysis',
          resource: assetArn,
          region: asset.region,
        });
      }
    },
  };
}

/** An account without a subscription has this error, too. The message of the service distinguishes the two. */
function unsupportedEdition(error: unknown, account: string): TerminalError | undefined {
  if (errorName(error) !== 'UnsupportedUserEditionException') return undefined;
  const reported = redactedExcerpt((error as Error).message);
  return new TerminalError(
    `Asset bundles need the Enterprise edition of QuickSight (UnsupportedUserEditionException: ${reported}). Subscribe the account ${account} to QuickSight, or upgrade its Standard edition to Enterprise.`,
  );
}
