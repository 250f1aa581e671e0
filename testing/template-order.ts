import { RESOURCE_TYPE } from '../lib/contract/export-resource';

/** The resources of a template by logical id. */
export type Resources = Record<string, { Type: string; Properties?: object; DependsOn?: string | string[] }>;

/** The dependencies of each resource, explicit and implicit, by logical id. */
export function dependenciesOf(resources: Resources): Map<string, Set<string>> {
  return new Map(
    Object.entries(resources).map(([id, { Properties = {}, DependsOn = [] }]) => {
      const text = JSON.stringify(Properties);
      const referenced = [...text.matchAll(/\{"(?:Ref":|Fn::GetAtt":\[)"(\w+)"|\$\{(\w+)/g)].map(
        ([, ref, sub]) => (ref ?? sub) as string,
      );
      return [id, new Set([...referenced, ...[DependsOn].flat()].filter((other) => other in resources))];
    }),
  );
}

/**
 * Creates the resources of a template as CloudFormation does: each as soon as its dependencies are created. Exports take their
 * seconds, all other resources none.
 *
 * @returns the order in which the exports started, and the largest number of exports that ran at once.
 * @throws Error at a circular dependency.
 */
export function deploy(
  resources: Resources,
  secondsOf: (id: string) => number = () => 60,
): { order: string[]; atOnce: number } {
  const open = dependenciesOf(resources);
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
