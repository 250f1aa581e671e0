import { literalKeys, unread, withoutErrorClasses } from './sdk-schemas';
import type { SourceChange } from './source-changes';
import { replaced } from './source-changes';

/** @throws Error unless the source has all of these words. */
function mustHave(source: string, ...words: string[]): void {
  for (const word of words) {
    if (!source.includes(word)) throw new Error(`it has no ${word}`);
  }
}

/** In place of a class that is never made, because Node.js has what it does. */
const neverMade =
  (name: string) =>
  (source: string): string => {
    mustHave(source, `export class ${name}`);
    return `export class ${name} { constructor() { throw new Error('${name} was left out of the bundle: build/sdk-changes.ts'); } }`;
  };

/** Everything that the bundles have otherwise than the SDK and the other dependencies have it. */
export const SDK_CHANGES: readonly SourceChange[] = [
  {
    why: 'schemas of operations that nobody calls',
    module: /@aws-sdk\/client-s3\/dist-es\/schemas\/schemas_0\.js$/,
    change: (source) => withoutErrorClasses(literalKeys(source)),
  },
  {
    why: 'schemas of operations that nobody calls, and of the definitions, of which we read the errors alone',
    module: /@aws-sdk\/client-quicksight\/dist-es\/schemas\/schemas_0\.js$/,
    change: (source) =>
      ['AnalysisDefinition', 'DashboardVersionDefinition'].reduce(unread, withoutErrorClasses(literalKeys(source))),
  },
  {
    why: 'Lambda hands credentials over in the environment, and to a function on Node.js in no other way: no profiles, no SSO, no metadata service',
    module: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    change: (source) => {
      mustHave(source, 'defaultProvider');
      return `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`;
    },
  },
  {
    why: 'none of our operations has an event stream',
    module: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    change: (source) => {
      mustHave(source, 'EventStreamSerde', 'eventStreamSerdeProvider', 'resolveEventStreamSerdeConfig');
      return `
        const leftOut = () => { throw new Error('event streams were left out of the bundle: build/sdk-changes.ts'); };
        export { leftOut as EventStreamSerde, leftOut as eventStreamSerdeProvider };
        export const resolveEventStreamSerdeConfig = (config) => config;`;
    },
  },
  {
    why: 'a client reads the version alone of its package.json',
    module: /@aws-sdk\/client-[^/]+\/package\.json$/,
    change: (source) => JSON.stringify({ version: (JSON.parse(source) as { version: string }).version }),
  },
  {
    why: 'expressions that a bundler keeps, as they might do something, when the functions that use them are gone',
    module: /@smithy\/core\/dist-es\/submodules\/serde\/date-utils\.js$/,
    change: (source) => replaced(source, /^(const \w+ = )(new RegExp\()/gm, '$1/* @__PURE__ */ $2'),
  },
  {
    why: 'the SDK knows the logger that says nothing by its name, and warns on the console then; minifying takes names away',
    module: /@smithy\/core\/dist-es\/submodules\/client\/smithy-client\/NoOpLogger\.js$/,
    change: (source) => replaced(source, /^export class NoOpLogger \{$/m, '$& static name = "NoOpLogger";'),
  },
  {
    why: 'Node.js has SHA-256',
    module: /@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/,
    change: neverMade('Sha256Js'),
  },
  {
    why: 'Node.js has SHA-1',
    module: /@aws-sdk\/checksums\/dist-es\/submodules\/sha\/sha1\/Sha1Js\.js$/,
    change: neverMade('Sha1Js'),
  },
  {
    why: 'Node.js has MD5',
    module: /@smithy\/core\/dist-es\/submodules\/checksum\/md5\/Md5Js\.js$/,
    change: neverMade('Md5Js'),
  },
];
