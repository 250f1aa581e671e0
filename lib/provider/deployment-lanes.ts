import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct, IDependable } from 'constructs';
import { Dependable } from 'constructs';
import { orderExports } from './export-order';
import { TemplateDependencies } from './template-dependencies';

/**
 * QuickSight runs five export jobs of an account at once, and an export at work takes two Lambda functions (the framework's
 * and ours) of the ten that a new account may run at once.
 */
const LANES = 5;

/**
 * The exports of a stack, one behind the other in a few lanes: CloudFormation would start all of them at once. Each export
 * depends on the one five places before it, in an order that follows the dependencies that the users have declared, so that
 * both together never make a circle.
 */
export class DeploymentLanes {
  private readonly exports: CfnResource[] = [];
  private order: readonly CfnResource[] = [];
  /** How many exports there were when the order was found, and the one that synthesis comes to first. */
  private ordered = 0;
  private first?: IConstruct;
  private ordering = false;

  public constructor(private readonly stack: Stack) {}

  public add(resource: CfnResource): void {
    this.exports.push(resource);
    // Looked up at the end of synthesis, when all exports and all dependencies are known.
    const lookUp = () => this.before(resource);
    const lane: IDependable = {};
    Dependable.implement(lane, {
      get dependencyRoots() {
        return lookUp();
      },
    });
    resource.node.addDependency(lane);
  }

  private before(resource: CfnResource): CfnResource[] {
    // The order follows what users have declared, and not the lanes themselves.
    if (this.ordering || this.exports.length <= LANES) return [];
    // Synthesis goes through the tree from its beginning: whoever asked before that may have seen it unfinished.
    if (this.ordered !== this.exports.length || resource === this.first) this.findOrder();
    const previous = this.order[this.order.indexOf(resource) - LANES];
    return previous ? [previous] : [];
  }

  private findOrder(): void {
    this.ordering = true;
    try {
      const dependencies = new TemplateDependencies(this.stack);
      this.order = orderExports(
        this.exports.filter((each) => dependencies.has(each)),
        dependencies,
      );
      this.ordered = this.exports.length;
      this.first = this.stack.node.findAll().find((construct) => (this.exports as IConstruct[]).includes(construct));
    } finally {
      this.ordering = false;
    }
  }
}
