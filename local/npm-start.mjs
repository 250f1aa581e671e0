// `npm start`: checks the options, sets up what is missing, and runs start.ts in this process, which receives the signals.
import './set-up/node-warnings.cjs';
import { orExplain, requireNode, setUp } from './setup.mjs';
import { parseOptions, USAGE } from './start/parse-options.mjs';

const options = await orExplain(() => {
  requireNode();
  return parseOptions(process.argv.slice(2));
});
if (options === undefined) {
  console.log(USAGE);
} else {
  await orExplain(setUp);
  const { require } = await import('tsx/cjs/api');
  await require('./start.ts', import.meta.url).main(options);
}
