import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct, IDependable } from 'constructs';
import { Dependable } from 'constructs';

/**
 * QuickSight runs five export jobs and five import jobs of an account at once. A running job occupies two Lambda functions, the
 * framework's and ours, of the 10 that a new account may run at once.
 */
const LANES = 5;

const LANES_OF_STACKS = new WeakMap<Stack, DeploymentLanes>();

/**
 * Limits how many job resources of a stack CloudFormation creates at once: each depends on the one created five places before it.
 *
 * These dependencies follow the order of creation, so only a dependency on a resource that is created later can close a circle
 * with them. Synthesis reports it. A circle that includes a reference to an attribute is left to CloudFormation, which reports
 * it too: no public method of the CDK returns the references of a resource.
 */
export class DeploymentLanes {
  /** The lanes of the stack that contains the scope. A nested stack has its own. */
  public static of(scope: IConstruct): DeploymentLanes {
    const stack = Stack.of(scope);
    const lanes = LANES_OF_STACKS.get(stack) ?? new DeploymentLanes(stack);
    LANES_OF_STACKS.set(stack, lanes);
    return lanes;
  }

  private readonly resources: CfnResource[] = [];

  private constructor(stack: Stack) {
    // The CDK validates after it has turned the dependencies between constructs into dependencies between resources.
    stack.node.addValidation({ validate: () => this.circularDependencies() });
  }

  public add(resource: CfnResource): void {
    this.resources.push(resource);
    const predecessors = () => [this.predecessor(resource)].filter((each) => each !== undefined);
    const lane: IDependable = {};
    // Evaluated when it is read, because a predecessor may be removed from the tree after this.
    Dependable.implement(lane, {
      get dependencyRoots() {
        return predecessors();
      },
    });
    resource.node.addDependency(lane);
  }

  private predecessor(resource: CfnResource): CfnResource | undefined {
    const index = this.resources.indexOf(resource);
    return index < LANES ? undefined : this.resources.slice(0, index).filter(isInTree).at(-LANES);
  }

  private circularDependencies(): string[] {
    const messages: string[] = [];
    const path: CfnResource[] = [];
    const visited = new Set<CfnResource>();
    const visit = (resource: CfnResource | Stack): void => {
      if (!CfnResource.isCfnResource(resource)) return;
      if (path.includes(resource)) messages.push(this.circleMessage(resource, path.slice(path.indexOf(resource))));
      if (visited.has(resource)) return;
      visited.add(resource);
      path.push(resource);
      resource.obtainDependencies().forEach(visit);
      path.pop();
    };
    this.resources.filter(isInTree).forEach(visit);
    return messages;
  }

  private circleMessage(entry: CfnResource, found: readonly CfnResource[]): string {
    const first = this.resources.find((resource) => found.includes(resource)) ?? entry;
    const start = found.indexOf(first);
    const circle = [...found.slice(start), ...found.slice(0, start), first];
    const next = circle.slice(1).find((resource) => this.resources.includes(resource));
    const isLane = (resource: CfnResource, index: number) => this.predecessor(resource) === circle[index + 1];
    const remedy =
      next && circle.slice(0, -1).some(isLane)
        ? `Each QuickSight job of a stack waits for the one created ${LANES} places before it: create ${pathOf(next)} before ` +
          `${pathOf(first)}, or remove the dependency of ${pathOf(first)} on it.`
        : 'Remove one of these dependencies.';
    return `Circular dependency: ${circle.map(pathOf).join(' → ')} (each depends on the next). ${remedy}`;
  }
}

/** A removed construct still refers to its scope, but the scope no longer refers to it. */
function isInTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return !scope || (scope.node.tryFindChild(id) === construct && isInTree(scope));
}

/** The path of the construct that the user created, without the resource inside. */
function pathOf({ node }: CfnResource): string {
  return node.path.replace(/(\/(Resource|Default))+$/, '');
}
