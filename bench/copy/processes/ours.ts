import { copyBundle } from '../../../lambda/export/copy-bundle';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { systemDependencies } from '../../../lambda/export/system-dependencies';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { report } from './report';

/** Copies as isComplete does after it has described a successful job, with the same dependencies and clients. */
const [link = '', ArtifactBucket = '', RequestId = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const dependencies = systemDependencies();
  const event = cloudFormationEvent('Create', { RequestId, ResourceProperties: { ...PROPERTIES, ArtifactBucket } });
  const request = exportResourceRequest({ ...event, PhysicalResourceId: '', RequestedTime: Date.now() });
  const store = dependencies.storeOf(request.properties);
  await store.checkBucket();
  await report(async () => {
    const { key, size, sha256, entries } = await copyBundle(
      request,
      { JobStatus: 'SUCCESSFUL', DownloadUrl: link },
      Date.now(),
      dependencies,
    );
    return { key, size, sha256, entries: entries.length };
  });
}

void main();
