import { LocalCloud } from '../../local/cloud';

/** Starts MiniStack, a real S3 endpoint over HTTP. */
export async function startS3(): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const cloud = await LocalCloud.start();
  return { endpoint: cloud.endpoint, stop: () => cloud.stop() };
}
