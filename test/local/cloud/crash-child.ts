// Starts a local cloud and waits for a signal.
import { LocalCloud } from '../../../local/cloud';

void (async () => {
  const cloud = await LocalCloud.start();
  const { endpoint, folder } = cloud;
  process.stdout.write(`${JSON.stringify({ endpoint, folder })}\n`);
  setInterval(() => {}, 1000);
})();
