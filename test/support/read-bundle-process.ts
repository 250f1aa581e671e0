// Reads the bundle of its argument. Prints the number of entries or the error, and the peak of the resident memory.
import { readFileSync } from 'node:fs';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { readBundle } from '../../bundle/read-bundle';

void (async () => {
  const result = await readBundle(process.argv[2] ?? '').then(
    ({ entries }) => ({ entries: entries.length }),
    (error: Error) => ({ isLimit: error instanceof BundleLimitError, message: error.message }),
  );
  const kibibytes = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  console.log(JSON.stringify({ ...result, peakMebibytes: kibibytes / 1024 }));
})();
