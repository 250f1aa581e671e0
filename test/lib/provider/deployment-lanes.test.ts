import type { CustomResource } from 'aws-cdk-lib';
import { Aspects, CfnOutput, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct, DependencyGroup } from 'constructs';
import * as fc from 'fast-check';
import { DeploymentLanes } from '../../../lib/provider/deployment-lanes';
import type { Resources } from '../../../testing/template-order';
import { dependenciesOf, deploy } from '../../../testing/template-order';
import { AssetBundleExport, newApp, newStack, QuickSightAsset, RESOURCE_TYPE } from '../support';

const exportOf = (scope: Construct, index: number) =>
  new AssetBundleExport(scope, `E${index}`, { assets: [QuickSightAsset.dashboard(`d${index}`)] });

const exportsOf = (scope: Construct, count: number) =>
  Array.from({ length: count }, (_, index) => exportOf(scope, index));

const resourceOf = (one: AssetBundleExport) =>
  (one.node.findChild('Resource') as CustomResource).node.defaultChild as CfnResource;

const parameterOf = (scope: Construct, id: string, value: string) =>
  new CfnResource(scope, id, { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: value } });

const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON().Resources as Resources;

/** The id of the construct from which the logical id is derived. */
const nameOf = (logicalId: string) => /^(\w+?)(Resource)?[0-9A-F]{8}$/.exec(logicalId)?.[1] ?? logicalId;

/** The ids of the exports in a template, each with the exports on which it depends directly. */
function lanes(stack: Stack): Record<string, string[]> {
  const resources = templateOf(stack);
  const isExport = (id: string) => resources[id]?.Type === RESOURCE_TYPE;
  return Object.fromEntries(
    [...dependenciesOf(resources)]
      .filter(([id]) => isExport(id))
      .map(([id, others]) => [nameOf(id), [...others].filter(isExport).map(nameOf)]),
  );
}

describe('the order of creation', () => {
  test.each([1, 5])('lets %i exports run without dependencies on each other', (count) => {
    const stack = newStack();
    exportsOf(stack, count);
    expect(Object.values(lanes(stack))).toEqual(Array(count).fill([]));
  });

  test.each([6, 12, 100])('makes each of %i exports depend on the one five places before it', (count) => {
    const stack = newStack();
    exportsOf(stack, count);
    expect(lanes(stack)).toEqual(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`E${index}`, index < 5 ? [] : [`E${index - 5}`]]),
      ),
    );
    expect(deploy(templateOf(stack))).toMatchObject({ atOnce: 5 });
  });

  test('adds one resource for a further export and changes no other resource', () => {
    const template = (count: number) => {
      const stack = newStack();
      exportsOf(stack, count);
      return templateOf(stack);
    };
    const [eleven, twelve] = [template(11), template(12)];
    const [added, ...more] = Object.keys(twelve).filter((id) => !(id in eleven));
    expect(more).toEqual([]);
    expect(added).toMatch(/^E11/);
    delete twelve[added as string];
    expect(twelve).toEqual(eleven);
  });

  test('is counted separately in a nested stack', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    exportsOf(stack, 6);
    exportsOf(nested, 7);
    expect(Object.values(lanes(stack)).flat()).toEqual(['E0']);
    expect(Object.values(lanes(nested)).flat()).toEqual(['E0', 'E1']);
  });

  test('skips an export that was removed from the tree', () => {
    const stack = newStack();
    exportsOf(stack, 8);
    stack.node.tryRemoveChild('E0');
    expect(lanes(stack)).toEqual({ E1: [], E2: [], E3: [], E4: [], E5: [], E6: ['E1'], E7: ['E2'] });
  });

  test('skips the exports of a scope that was removed from the tree', () => {
    const stack = newStack();
    exportsOf(new Construct(stack, 'Group'), 3);
    for (let index = 3; index < 9; index += 1) exportOf(stack, index);
    stack.node.tryRemoveChild('Group');
    expect(lanes(stack)).toEqual({ E3: [], E4: [], E5: [], E6: [], E7: [], E8: ['E3'] });
  });

  test('applies to a stack in a stage', () => {
    const app = newApp();
    const stack = new Stack(new Stage(app, 'Test'), 'Stack');
    exportsOf(stack, 6);
    app.synth();
    expect(Object.values(lanes(stack)).flat()).toEqual(['E0']);
  });

  test('applies to job resources of every type', () => {
    const stack = newStack();
    const add = (id: string) => DeploymentLanes.of(stack).add(new CfnResource(stack, id, { type: `Custom::Job${id}` }));
    ['A', 'B', 'C', 'D', 'E', 'F'].forEach(add);
    expect(templateOf(stack)).toMatchObject({ F: { DependsOn: ['A'] } });
  });

  test('is unaffected by an early reader of the dependencies', () => {
    const stack = newStack();
    const exports = exportsOf(stack, 8);
    const [, , , , , , seventh] = exports.map(resourceOf);
    expect(seventh?.node.dependencies.map(({ node }) => node.path)).toEqual(['Stack/E1/Resource/Default']);
    stack.node.tryRemoveChild('E0');
    expect(lanes(stack)).toMatchObject({ E6: ['E1'], E7: ['E2'] });
  });

  test('is unaffected by resources that depend on exports', () => {
    const stack = newStack();
    const exports = exportsOf(stack, 7);
    for (const [index, one] of exports.entries()) new CfnOutput(stack, `Uri${index}`, { value: one.artifact.s3Uri });
    parameterOf(stack, 'After', 'x').node.addDependency(...exports);
    expect(Object.values(lanes(stack)).flat()).toEqual(['E0', 'E1']);
  });
});

test('dependencies on exports that are created earlier keep five exports at once and close no circle', () => {
  const dependency = fc.tuple(fc.nat(13), fc.nat(13), fc.constantFrom('construct', 'resource', 'between'));
  fc.assert(
    fc.property(
      fc.array(dependency, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 14, maxLength: 14 }),
      (dependencies, seconds) => {
        const stack = newStack();
        const exports = exportsOf(stack, 14);
        const declared: Array<[string, string]> = [];
        for (const [index, [a, b, kind]] of dependencies.entries()) {
          if (a === b) continue;
          const [before, after] = a < b ? [a, b] : [b, a];
          const [one, other] = [exports[after] as AssetBundleExport, exports[before] as AssetBundleExport];
          declared.push([`E${before}`, `E${after}`]);
          if (kind === 'construct') one.node.addDependency(other);
          else if (kind === 'resource') resourceOf(one).addResourceDependency(resourceOf(other));
          else one.node.addDependency(parameterOf(stack, `Between${index}`, other.jobId));
        }
        const { order, atOnce } = deploy(templateOf(stack), (id) => seconds[Number(/\d+/.exec(id)?.[0])] as number);
        const names = order.map(nameOf);
        expect(atOnce).toBeLessThanOrEqual(5);
        expect([...names].sort()).toEqual(exports.map(({ node }) => node.id).sort());
        for (const [before, after] of declared) expect(names.indexOf(before)).toBeLessThan(names.indexOf(after));
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);

/** Each makes the first of eleven exports depend on the last. */
const DEPENDENCIES: Record<string, (first: AssetBundleExport, last: AssetBundleExport, stack: Stack) => void> = {
  'between constructs': (first, last) => first.node.addDependency(last),
  'in a dependency group': (first, last) => first.node.addDependency(new DependencyGroup(last)),
  'between resources': (first, last) => resourceOf(first).addResourceDependency(resourceOf(last)),
  'added by a late aspect': (first, last, stack) =>
    Aspects.of(stack).add(
      { visit: (construct) => void (construct === stack && first.node.addDependency(last)) },
      { priority: 1000 },
    ),
};

describe('synthesis reports a circle', () => {
  const synthesis = (count: number, connect: (exports: AssetBundleExport[], stack: Stack) => void) => () => {
    const app = newApp();
    const stack = newStack(undefined, app);
    connect(exportsOf(stack, count), stack);
    app.synth();
  };

  test.each(Object.entries(DEPENDENCIES))('of lanes and a dependency %s, with the remedy', (_, connect) => {
    expect(
      synthesis(11, (exports, stack) =>
        connect(exports[0] as AssetBundleExport, exports[10] as AssetBundleExport, stack),
      ),
    ).toThrow(
      '[Stack] Circular dependency: Stack/E0 → Stack/E10 → Stack/E5 → Stack/E0 (each depends on the next). Each QuickSight job of a ' +
        'stack waits for the one created 5 places before it: create Stack/E10 before Stack/E0, or remove the dependency of Stack/E0 on it.',
    );
  });

  test('that runs through other resources', () => {
    expect(
      synthesis(11, (exports, stack) => {
        const between = parameterOf(stack, 'Between', 'x');
        exports[0]?.node.addDependency(between);
        between.node.addDependency(exports[10] as AssetBundleExport);
      }),
    ).toThrow(
      /Stack\/E0 → Stack\/Between → Stack\/E10 → Stack\/E5 → Stack\/E0 .* create Stack\/E10 before Stack\/E0, or/,
    );
  });

  test('that runs through a nested stack', () => {
    expect(
      synthesis(6, ([first, , , , , last], stack) => {
        const nested = new NestedStack(stack, 'Nested');
        parameterOf(nested, 'Inner', 'x').node.addDependency(last as AssetBundleExport);
        first?.node.addDependency(nested);
      }),
    ).toThrow(/Stack\/E0 → Stack\/Nested\.NestedStack\/Nested\.NestedStackResource → Stack\/E5 → Stack\/E0 /);
  });

  test('of the exports of a scope', () => {
    expect(
      synthesis(0, (_, stack) => {
        const group = new Construct(stack, 'Group');
        for (const index of [1, 2, 3]) exportOf(group, index);
        group.node.addDependency(...[4, 5, 6].map((index) => exportOf(stack, index)));
      }),
    ).toThrow(/Stack\/Group\/E1 → Stack\/E6 → Stack\/Group\/E1 .* create Stack\/E6 before Stack\/Group\/E1, or/);
  });

  test('in a nested stack', () => {
    expect(
      synthesis(0, (_, stack) => {
        const exports = exportsOf(new NestedStack(stack, 'Nested'), 6);
        exports[0]?.node.addDependency(exports[5] as AssetBundleExport);
      }),
    ).toThrow('[Stack/Nested] Circular dependency: Stack/Nested/E0 → Stack/Nested/E5 → Stack/Nested/E0 (each');
  });

  test('of declared dependencies alone, which no other order resolves', () => {
    expect(
      synthesis(2, ([first, second]) => {
        first?.node.addDependency(second as AssetBundleExport);
        second?.node.addDependency(first as AssetBundleExport);
      }),
    ).toThrow(
      '[Stack] Circular dependency: Stack/E0 → Stack/E1 → Stack/E0 (each depends on the next). Remove one of these dependencies.',
    );
  });

  test('once for each dependency that closes one', () => {
    expect(
      synthesis(12, (exports) => {
        exports[0]?.node.addDependency(exports[5] as AssetBundleExport);
        exports[1]?.node.addDependency(exports[11] as AssetBundleExport);
      }),
    ).toThrow(/create Stack\/E5 before Stack\/E0[^]*create Stack\/E11 before Stack\/E1,/);
  });
});

test('an export that is created after its dependency is accepted', () => {
  const stack = newStack();
  const later = Array.from({ length: 4 }, (_, index) => exportOf(stack, index + 10));
  const group = new Construct(stack, 'Group');
  for (const index of [1, 2, 3]) exportOf(group, index);
  group.node.addDependency(...later);
  expect(deploy(templateOf(stack)).order.map(nameOf).slice(0, 4)).toEqual(['E10', 'E11', 'E12', 'E13']);
});
