import { tmpdir } from 'node:os';
import { artifactStore } from '../aws/artifact-store';
import { quickSightClient, s3Client } from '../aws/clients';
import { quickSight } from '../aws/quicksight-client';
import { systemClock } from '../core/clock';
import { functionLogGroup, logOf } from '../core/log';
import { removeLeftovers } from '../core/spool';
import type { IsCompleteDependencies } from '../lifecycle/is-complete-handler';
import { fetchLink } from './download/download';
import type { ExportDependencies } from './export-resource';

/** The clients are created once for each process and kept between invocations. */
export function systemDependencies(): ExportDependencies & IsCompleteDependencies {
  const s3 = s3Client();
  const spoolFolder = tmpdir();
  removeLeftovers(spoolFolder);
  const quickSightEndpoint = process.env.AWS_ENDPOINT_URL_QUICKSIGHT;
  return {
    quickSight: quickSight(quickSightClient()),
    storeOf: (destination) => artifactStore(s3, destination),
    fetch: fetchLink(s3),
    spoolFolder,
    clock: systemClock,
    logOf,
    logGroup: functionLogGroup(),
    ...(quickSightEndpoint && { quickSightEndpoint }),
  };
}
