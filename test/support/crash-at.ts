import type { ArtifactStore } from '../../lambda/aws/artifact-store';
import type { World } from '../../lambda/lifecycle/handlers';

/** Where a Lambda function may be stopped in the middle: before a call takes effect, or after it did. */
export type Death =
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

/** A world whose function is stopped at one place: what was awaited there never comes back. */
export function dyingWorld(world: World, death: Death): { world: World; died: Promise<void> } {
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
  const storeOf = (...destination: Parameters<World['storeOf']>): ArtifactStore => {
    const store = world.storeOf(...destination);
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
    world: {
      ...world,
      storeOf,
      fetch: (...of) => (death === 'in the download' ? end() : world.fetch(...of)),
      quickSight: {
        ...world.quickSight,
        start: (request) => around('Start', () => world.quickSight.start(request)),
        describe: (request) => around('Describe', () => world.quickSight.describe(request)),
      },
    },
  };
}
