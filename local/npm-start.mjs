// `npm start`: sets up what is missing, then runs start.ts in this same process, which signals reach that way.
import { orExplain, setUp } from './setup.mjs';

await orExplain(setUp());
// The SDK warns of Node.js 20, which is supported here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { require } = await import('tsx/cjs/api');
await require('./start.ts', import.meta.url).main(process.argv);
