import type { ArtifactStore } from '../../lambda/aws/artifact-store';
import type { HandlerDependencies } from '../../testing/handler-harness';

/** A point at which Lambda may stop the function: before a call takes effect, or after it did. */
export type CrashPoint =
  | 'before Start'
  | 'after Start'
  | 'while the job runs'
  | 'in the download'
  | 'before the artifact'
  | 'after the artifact'
  | 'before the manifest'
  | 'after the manifest'
  | 'before reading a manifest'
  | 'after reading a manifest'
  | 'before the release'
  | 'after the release'
  | 'before the first removal'
  | 'after the first removal'
  | 'after the last removal';

const NEVER = new Promise<never>(() => undefined);

/** Dependencies of a function that stops at one point: the call at that point never returns. */
export function crashAt(
  dependencies: HandlerDependencies,
  crashPoint: CrashPoint,
): { dependencies: HandlerDependencies; crashed: Promise<void> } {
  let resolveCrashed: () => void = () => undefined;
  const crashed = new Promise<void>((resolve) => {
    resolveCrashed = resolve;
  });
  const crash = (): Promise<never> => {
    resolveCrashed();
    return NEVER;
  };
  const around = async <T>(step: string, call: () => Promise<T>): Promise<T> => {
    if (crashPoint === `before ${step}`) return crash();
    const result = await call();
    return crashPoint === `after ${step}` ? crash() : result;
  };
  const storeOf = (...destination: Parameters<HandlerDependencies['storeOf']>): ArtifactStore => {
    const store = dependencies.storeOf(...destination);
    return {
      ...store,
      writeFileOnce: (...args) => around('the artifact', () => store.writeFileOnce(...args)),
      readJson: (key) => around('reading a manifest', () => store.readJson(key)),
      writeJsonOnce: (...args) => around('the manifest', () => store.writeJsonOnce(...args)),
      writeJson: (...args) => around('the release', () => store.writeJson(...args)),
      remove: ([first = '', ...others], jobId) =>
        around('the first removal', () => store.remove([first], jobId)).then(() =>
          around('the last removal', () => store.remove(others, jobId)),
        ),
    };
  };
  return {
    crashed,
    dependencies: {
      ...dependencies,
      storeOf,
      fetch: (...download) => (crashPoint === 'in the download' ? crash() : dependencies.fetch(...download)),
      quickSight: {
        ...dependencies.quickSight,
        start: (...job) => around('Start', () => dependencies.quickSight.start(...job)),
        describe: async (request) => {
          const job = await dependencies.quickSight.describe(request);
          return crashPoint === 'while the job runs' && job?.JobStatus === 'IN_PROGRESS' ? crash() : job;
        },
      },
    },
  };
}
