import type { CfnResource } from 'aws-cdk-lib';
import type { TemplateDependencies } from './template-dependencies';

/**
 * Exports in an order in which each comes after those that it waits for, and else as they were given: an export that is
 * added at the end moves no other.
 *
 * @throws Error when there is no such order.
 */
export function orderExports(exports: readonly CfnResource[], dependencies: TemplateDependencies): CfnResource[] {
  const places = new Map(exports.map((each, place) => [each, place]));
  const ordered = new Set<CfnResource>();
  /** The exports that are being placed, each with the way to it from the one before. */
  const pending = new Map<CfnResource, readonly CfnResource[]>();

  const place = (each: CfnResource, way: readonly CfnResource[]): void => {
    if (ordered.has(each)) return;
    if (pending.has(each)) throw new Error(circularMessage([...pending.values()].flat().concat(way), each));
    pending.set(each, way);
    const waysOn = waysToExports(each, places, dependencies);
    for (const [earlier, wayOn] of [...waysOn].sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0)))
      place(earlier, wayOn);
    pending.delete(each);
    ordered.add(each);
  };
  for (const each of exports) place(each, [each]);
  return [...ordered];
}

/** The exports that one waits for with no other between them, and through which resources. */
function waysToExports(
  from: CfnResource,
  exports: ReadonlyMap<CfnResource, number>,
  dependencies: TemplateDependencies,
): Map<CfnResource, readonly CfnResource[]> {
  const ways = new Map<CfnResource, readonly CfnResource[]>();
  const found = new Map<CfnResource, readonly CfnResource[]>([[from, []]]);
  // A map's iteration comes to what is added on the way.
  for (const [resource, way] of found) {
    for (const next of dependencies.of(resource)) {
      if (exports.has(next)) {
        if (!ways.has(next)) ways.set(next, [...way, next]);
      } else if (!found.has(next)) {
        found.set(next, [...way, next]);
      }
    }
  }
  return ways;
}

function circularMessage(way: readonly CfnResource[], end: CfnResource): string {
  const circle = way.slice(way.indexOf(end));
  return (
    `[${pathOf(end)}] This AssetBundleExport waits for itself, and CloudFormation would refuse the stack: ` +
    `${circle.map(pathOf).join(' → ')} (each waits for the next). An order without a circle is needed: remove one of these steps, which is ` +
    'an addDependency, or a property that uses an attribute of the next.'
  );
}

/** The path of the construct that a user wrote, and not that of the resource in it. */
function pathOf({ node }: CfnResource): string {
  return node.path.replace(/(\/(Resource|Default))+$/, '');
}
