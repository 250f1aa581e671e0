// `npm run test:aws`: checks the options, sets up what is missing, and runs main.ts in this process, which receives the signals.
import '../set-up/node-warnings.cjs';
import { SetUpError } from '../set-up/command.mjs';
import { orExplain, requireNode, setUp } from '../setup.mjs';
import { parseOptions, USAGE } from './parse-options.mjs';

const EXIT_CODE_NOT_READY = 2;

/** The options, or undefined for --help. Prints a mistake in the options and exits. */
function optionsOrExit(args) {
  try {
    return parseOptions(args);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(error.message);
    return process.exit(EXIT_CODE_NOT_READY);
  }
}

await orExplain(requireNode);
const options = optionsOrExit(process.argv.slice(2));
if (options === undefined) {
  console.log(USAGE);
} else {
  await orExplain(() => setUp({ withLocalCloud: false }));
  const { require } = await import('tsx/cjs/api');
  await require('./main.ts', import.meta.url).main(options);
}
