import type { CustomResource } from 'aws-cdk-lib';
import { Aspects, CfnOutput, CfnResource, Fn, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct, DependencyGroup } from 'constructs';
import * as fc from 'fast-check';
import type { Resources } from '../../../testing/template-order';
import { deploy, waitsFor } from '../../../testing/template-order';
import type { AssetBundleExportProps } from '../support';
import { AssetBundleExport, ExportTrigger, newApp, newStack, QuickSightAsset, RESOURCE_TYPE } from '../support';

const exportOf = (scope: Construct, index: number, props: Partial<AssetBundleExportProps> = {}) =>
  new AssetBundleExport(scope, `E${index}`, { assets: [QuickSightAsset.dashboard(`d${index}`)], ...props });

const exportsOf = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => exportOf(stack, index));

const resourceOf = (one: AssetBundleExport) =>
  (one.node.findChild('Resource') as CustomResource).node.defaultChild as CfnResource;

const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON().Resources as Resources;

/** The id of a construct, of which the logical id is made. */
const nameOf = (logicalId: string) => /^(\w+?)(Resource)?[0-9A-F]{8}$/.exec(logicalId)?.[1] ?? logicalId;

/** The exports of a template by the ids of their constructs, with the exports that each waits for directly. */
function lanes(stack: Stack): Record<string, string[]> {
  const resources = templateOf(stack);
  const isExport = (id: string) => resources[id]?.Type === RESOURCE_TYPE;
  return Object.fromEntries(
    [...waitsFor(resources)]
      .filter(([id]) => isExport(id))
      .map(([id, others]) => [nameOf(id), [...others].filter(isExport).map(nameOf)]),
  );
}

describe('without dependencies among them', () => {
  test.each([1, 5])('%i exports wait for none of the others', (count) => {
    const stack = newStack();
    exportsOf(stack, count);
    expect(Object.values(lanes(stack))).toEqual(Array(count).fill([]));
  });

  test.each([6, 12, 100])('each of %i exports waits for the one five before it', (count) => {
    const stack = newStack();
    exportsOf(stack, count);
    expect(lanes(stack)).toEqual(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`E${index}`, index < 5 ? [] : [`E${index - 5}`]]),
      ),
    );
    expect(deploy(templateOf(stack))).toMatchObject({ atOnce: 5 });
  });

  test('a further export is one further resource, and changes nothing else', () => {
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

  test('a nested stack has lanes of its own', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    exportsOf(stack, 6);
    exportsOf(nested, 7);
    expect(Object.values(lanes(stack)).flat()).toEqual(['E0']);
    expect(Object.values(lanes(nested)).flat()).toEqual(['E0', 'E1']);
  });

  test('an export that has been removed again leaves no trace', () => {
    const stack = newStack();
    const exports = exportsOf(stack, 8);
    stack.node.tryRemoveChild('E0');
    expect(exports).toHaveLength(8);
    expect(lanes(stack)).toEqual({ E1: [], E2: [], E3: [], E4: [], E5: [], E6: ['E1'], E7: ['E2'] });
  });

  test('the exports of a stack in a stage', () => {
    const app = newApp();
    const stack = new Stack(new Stage(app, 'Test'), 'Stack');
    exportsOf(stack, 6);
    app.synth();
    expect(Object.values(lanes(stack)).flat()).toEqual(['E0']);
  });
});

/** Each makes the first of eleven exports wait for the last. */
const WAYS: Record<string, (first: AssetBundleExport, last: AssetBundleExport, stack: Stack) => void> = {
  'a dependency between the constructs': (first, last) => first.node.addDependency(last),
  'a group of dependencies': (first, last) => first.node.addDependency(new DependencyGroup(last)),
  'a dependency between the resources': (first, last) => resourceOf(first).addResourceDependency(resourceOf(last)),
  'an override of DependsOn': (first, last, stack) =>
    resourceOf(first).addOverride('DependsOn', [stack.resolve(resourceOf(last).logicalId)]),
  'an attribute': (first, last) => resourceOf(first).addPropertyOverride('Trigger', last.contentDigest),
  'an attribute, by hand': (first, last, stack) => {
    resourceOf(first).addPropertyOverride(
      'Trigger',
      Fn.join('', ['a', Fn.getAtt(stack.resolve(resourceOf(last).logicalId), 'JobId').toString()]),
    );
  },
  'a reference in a text': (first, last, stack) => {
    resourceOf(first).addPropertyOverride(
      'Trigger',
      Fn.sub(`at \${${stack.resolve(resourceOf(last).logicalId)}.JobId}`),
    );
  },
  'a resource between them': (first, last, stack) => {
    const between = new CfnResource(stack, 'Between', {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value: last.artifact.s3Uri },
    });
    first.node.addDependency(between);
  },
  'a JSON text between them': (first, last, stack) => {
    const between = new CfnResource(stack, 'Between', {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value: stack.toJsonString({ uri: last.artifact.s3Uri, id: [last.physicalId] }) },
    });
    resourceOf(first).addPropertyOverride('Trigger', between.ref);
  },
  'a nested stack that gets an attribute': (first, last, stack) => {
    const nested = new NestedStack(stack, 'Nested');
    const inner = new CfnResource(nested, 'Inner', {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value: last.jobId },
    });
    resourceOf(first).addPropertyOverride('Trigger', inner.getAtt('Value'));
  },
  'a nested stack that waits': (first, last, stack) => {
    const nested = new NestedStack(stack, 'Nested');
    new CfnResource(new Construct(nested, 'Deep'), 'Inner', {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value: 'x' },
    });
    nested.node.findChild('Deep').node.addDependency(last);
    first.node.addDependency(nested);
  },
  'an aspect that adds it last': (first, last, stack) => {
    Aspects.of(stack).add(
      {
        visit: (construct) => {
          if (construct === stack) first.node.addDependency(last);
        },
      },
      { priority: 1000 },
    );
  },
};

describe('dependencies among them', () => {
  test.each(Object.entries(WAYS))('%s', (_, connect) => {
    const stack = newStack();
    const exports = exportsOf(stack, 11);
    connect(exports[0] as AssetBundleExport, exports[10] as AssetBundleExport, stack);
    const { order, atOnce } = deploy(templateOf(stack));
    expect(atOnce).toBe(5);
    const names = order.map(nameOf);
    expect(names.indexOf('E10')).toBeLessThan(names.indexOf('E0'));
    expect(names).toContain('E10');
  });

  test('those of a construct around several exports', () => {
    const stack = newStack();
    const group = new Construct(stack, 'Group');
    for (const index of [1, 2, 3]) exportOf(group, index);
    const later = Array.from({ length: 4 }, (_, index) => exportOf(stack, index + 10));
    group.node.addDependency(...later);
    expect(deploy(templateOf(stack)).order.map(nameOf).slice(0, 4)).toEqual(['E10', 'E11', 'E12', 'E13']);
  });

  test('an attribute of an export that is created later', () => {
    const stack = newStack();
    const later: AssetBundleExport[] = [];
    exportOf(stack, 0, { trigger: ExportTrigger.when(Lazy.string({ produce: () => later[8]?.contentDigest })) });
    for (let index = 1; index < 10; index += 1) later.push(exportOf(stack, index));
    expect(deploy(templateOf(stack)).atOnce).toBeLessThanOrEqual(5);
    expect(lanes(stack)).toMatchObject({ E9: [], E0: ['E9'] });
  });

  test('what waits for exports, and is waited for by none, changes nothing', () => {
    const stack = newStack();
    const exports = exportsOf(stack, 7);
    for (const [index, one] of exports.entries()) new CfnOutput(stack, `Uri${index}`, { value: one.artifact.s3Uri });
    new CfnResource(stack, 'After', { type: 'AWS::SSM::Parameter' }).node.addDependency(...exports);
    expect(Object.values(lanes(stack)).flat()).toEqual(['E0', 'E1']);
  });

  test('whoever looks at the dependencies early spoils nothing', () => {
    const stack = newStack();
    const exports = exportsOf(stack, 11);
    for (const one of exports) void resourceOf(one).node.dependencies;
    exports[0]?.node.addDependency(exports[10] as AssetBundleExport);
    expect(resourceOf(exports[6] as AssetBundleExport).node.dependencies).toHaveLength(1);
    expect(deploy(templateOf(stack)).atOnce).toBe(5);
  });

  test('any at all: no circle, five at once, and none is lost', () => {
    const dependency = fc.tuple(fc.nat(13), fc.nat(13), fc.constantFrom('construct', 'resource', 'between'));
    fc.assert(
      fc.property(
        fc.array(dependency, { maxLength: 12 }),
        fc.shuffledSubarray([...Array(14).keys()], { minLength: 14 }),
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 14, maxLength: 14 }),
        (dependencies, ranks, seconds) => {
          const stack = newStack();
          const exports = exportsOf(stack, 14);
          const wanted: Array<[string, string]> = [];
          for (const [index, [a, b, kind]] of dependencies.entries()) {
            if (a === b) continue;
            // Whatever the order of creation is, there is one that these follow.
            const [after, before] = (ranks[a] as number) > (ranks[b] as number) ? [a, b] : [b, a];
            const [one, other] = [exports[after] as AssetBundleExport, exports[before] as AssetBundleExport];
            wanted.push([`E${before}`, `E${after}`]);
            if (kind === 'construct') one.node.addDependency(other);
            else if (kind === 'resource') resourceOf(one).addResourceDependency(resourceOf(other));
            else
              one.node.addDependency(
                new CfnResource(stack, `Between${index}`, {
                  type: 'AWS::SSM::Parameter',
                  properties: { Value: other.jobId },
                }),
              );
          }
          const { order, atOnce } = deploy(templateOf(stack), (id) => seconds[Number(/\d+/.exec(id)?.[0])] as number);
          const names = order.map(nameOf);
          expect(atOnce).toBeLessThanOrEqual(5);
          expect([...names].sort()).toEqual(exports.map(({ node }) => node.id).sort());
          for (const [before, after] of wanted) expect(names.indexOf(before)).toBeLessThan(names.indexOf(after));
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('circles', () => {
  function synthesis(connect: (exports: AssetBundleExport[], stack: Stack) => void): () => unknown {
    const app = newApp();
    const stack = newStack(undefined, app);
    connect(exportsOf(stack, 6), stack);
    return () => app.synth();
  }

  test('of two exports', () => {
    expect(
      synthesis(([first, second]) => {
        first?.node.addDependency(second as AssetBundleExport);
        second?.node.addDependency(first as AssetBundleExport);
      }),
    ).toThrow(
      '[Stack/E0] This AssetBundleExport waits for itself, and CloudFormation would refuse the stack: Stack/E0 → Stack/E1 → Stack/E0 (each waits for the next). An order without a circle is needed: remove one of these steps',
    );
  });

  test('through other resources', () => {
    expect(
      synthesis(([, , first, , , second], stack) => {
        const parameter = new CfnResource(stack, 'Parameter', {
          type: 'AWS::SSM::Parameter',
          properties: { Value: first?.jobId },
        });
        second?.node.addDependency(parameter);
        resourceOf(first as AssetBundleExport).addPropertyOverride('Trigger', second?.jobId);
      }),
    ).toThrow('Stack/E2 → Stack/E5 → Stack/Parameter → Stack/E2 (each');
  });

  test('of an export with itself', () => {
    expect(
      synthesis(([first], stack) => {
        const parameter = new CfnResource(stack, 'Parameter', {
          type: 'AWS::SSM::Parameter',
          properties: { Value: first?.jobId },
        });
        first?.node.addDependency(parameter);
      }),
    ).toThrow('Stack/E0 → Stack/Parameter → Stack/E0 (each');
  });

  test('of an export with the role of all', () => {
    expect(
      synthesis(([first], stack) => {
        exportOf(stack, 6, { prefix: `${first?.jobId}/` });
      }),
    ).toThrow(/Stack\/E0 → Stack\/AssetBundleExportProvider\/IsCompleteRole\/DefaultPolicy → Stack\/E0 \(each/);
  });
});
