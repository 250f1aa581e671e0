import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { systemClock } from '../core/clock';
import { functionLogGroup, logOf } from '../core/log';
import type { OnEventResult } from '../lifecycle/job-request';
import { onEvent } from '../lifecycle/on-event-handler';
import { exportResourceRequest } from './export-request';

const dependencies = { clock: systemClock, logOf, logGroup: functionLogGroup() };

export const handler = async (event: CloudFormationCustomResourceEvent): Promise<OnEventResult> =>
  onEvent(event, exportResourceRequest, dependencies);
