// `npm start`: checks the options, sets up what is missing, and runs start.ts in this process, which receives the signals.
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
  // Node.js 20 is supported here. Silence the SDK's warning.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const { require } = await import('tsx/cjs/api');
  await require('./start.ts', import.meta.url).main(options);
}
