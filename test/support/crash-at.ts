import type { ArtifactStore } from '../../lambda/aws/artifact-store';
import type { HandlerDependencies } from '../../testing/handler-harness';

/** Where a Lambda function may be stopped in the middle: before a call takes effect, or after it did. */
export type CrashPoint =
  | 'before Start'
  | 'after Start'
  | 'after Describe'
  | 'in the download'
  | 'before the artifact'
  | 'after the artifact'
  | 'before the manifest'
  | 'after the manifest'
  | 'after the first removal';

const NEVER = new Promise<never>(() => undefined);

/** A dependencies whose function is stopped at one place: what was awaited there never comes back. */
export function crashAt(
  dependencies: HandlerDependencies,
  death: CrashPoint,
): { dependencies: HandlerDependencies; died: Promise<void> } {
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const end = (): Promise<never> => {
    die();
    return NEVER;
  };
  const around = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    if (death === `before ${what}`) return end();
    const result = await call();
    return death === `after ${what}` ? end() : result;
  };
  const storeOf = (...destination: Parameters<HandlerDependencies['storeOf']>): ArtifactStore => {
    const store = dependencies.storeOf(...destination);
    return {
      ...store,
      writeOnce: (key, ...rest) =>
        around(key.endsWith('.manifest.json') ? 'the manifest' : 'the artifact', () => store.writeOnce(key, ...rest)),
      remove: ([first = '', ...others], jobId) =>
        around('the first removal', () => store.remove([first], jobId)).then(() => store.remove(others, jobId)),
    };
  };
  return {
    died,
    dependencies: {
      ...dependencies,
      storeOf,
      fetch: (...of) => (death === 'in the download' ? end() : dependencies.fetch(...of)),
      quickSight: {
        ...dependencies.quickSight,
        start: (...job) => around('Start', () => dependencies.quickSight.start(...job)),
        describe: (request) => around('Describe', () => dependencies.quickSight.describe(request)),
      },
    },
  };
}
