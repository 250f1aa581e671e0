import { RESOURCE_TYPE } from '../lib/contract/custom-resource';
import type { Resource } from '../test/lib/support';

export type Resources = Record<string, Resource>;

/** What the resources of a template wait for, read from it as CloudFormation does. */
export function waitsFor(resources: Resources): Map<string, Set<string>> {
  const ids = new Set(Object.keys(resources));
  return new Map(
    Object.entries(resources).map(([id, resource]) => {
      const text = JSON.stringify(resource.Properties ?? {});
      const named = [...text.matchAll(/\{"(?:Ref":|Fn::GetAtt":\[)"(\w+)"|\$\{(\w+)/g)].map(
        ([, ref, sub]) => (ref ?? sub) as string,
      );
      return [id, new Set([...named, ...[resource.DependsOn ?? []].flat()].filter((other) => ids.has(other)))];
    }),
  );
}

/**
 * Creates a template's resources as CloudFormation does, each as soon as what it waits for is there; exports take their time,
 * everything else none. Gives the order in which exports began, and how many ran at once at the most.
 *
 * @throws Error at a circular dependency.
 */
export function deploy(
  resources: Resources,
  secondsOf: (id: string) => number = () => 60,
): { order: string[]; atOnce: number } {
  const open = waitsFor(resources);
  const running = new Map<string, number>();
  const [order, done] = [[] as string[], new Set<string>()];
  let atOnce = 0;
  while (done.size < Object.keys(resources).length) {
    const ready = [...open].filter(([, others]) => [...others].every((other) => done.has(other))).map(([id]) => id);
    const now = Math.min(...running.values());
    for (const id of ready) {
      open.delete(id);
      if (resources[id]?.Type === RESOURCE_TYPE) {
        order.push(id);
        running.set(id, (running.size ? now : 0) + secondsOf(id));
      } else done.add(id);
    }
    atOnce = Math.max(atOnce, running.size);
    if (ready.length > 0) continue;
    const [first] = [...running].sort(([, a], [, b]) => a - b);
    if (!first) throw new Error(`Circular dependency between resources: [${[...open.keys()].join(', ')}]`);
    running.delete(first[0]);
    done.add(first[0]);
  }
  return { order, atOnce };
}
