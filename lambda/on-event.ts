import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { onEvent } from './handlers';
import { logOf } from './log';
import type { OnEventResult } from './request';
import { systemRuntime } from './runtime';

const logGroup = process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? '';

export const handler = async (event: CloudFormationCustomResourceEvent): Promise<OnEventResult> =>
  onEvent(event, { runtime: systemRuntime, logOf, logGroup });
