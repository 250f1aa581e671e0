import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { systemClock } from '../core/clock';
import { logOf } from '../core/log';
import { onEvent } from '../lifecycle/handlers';
import type { OnEventResult } from './export-request';

const logGroup = process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? '';

export const handler = async (event: CloudFormationCustomResourceEvent): Promise<OnEventResult> =>
  onEvent(event, { clock: systemClock, logOf, logGroup });
