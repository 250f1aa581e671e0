// Loads a bundled handler and sends it one event: `node handler-process.mjs FILE EVENT`. The last line that it prints is
// JSON: the duration of the import, its processor time and the time of the answer, in milliseconds, and the answer.
import { createRequire } from 'node:module';

const [, , file, event] = process.argv;
const require = createRequire(import.meta.url);

const start = process.hrtime.bigint();
const cpu = process.cpuUsage();
const sinceStart = () => Number(process.hrtime.bigint() - start) / 1e6;

const { handler } = require(file);
const loaded = sinceStart();
const { user, system } = process.cpuUsage(cpu);

const answer = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 900_000 }).then(
  (result) => ({ result }),
  ({ message }) => ({ message }),
);
const answered = sinceStart();
console.log(`\n${JSON.stringify({ import: loaded, cpu: (user + system) / 1000, answered, answer })}`);
process.exit();
