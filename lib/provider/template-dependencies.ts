import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { templateReferences } from './template-references';

/**
 * What the resources of one template wait for, as CloudFormation will see it: dependencies between constructs and between
 * resources, and references. A nested stack is one resource, which waits for all that anything in it waits for.
 */
export class TemplateDependencies {
  private readonly resources = new Set<CfnResource>();
  private logicalIds?: ReadonlyMap<string, CfnResource>;
  private readonly nestedStacks = new Map<CfnResource, Stack>();
  private readonly known = new Map<CfnResource, ReadonlySet<CfnResource>>();
  private readonly below = new Map<IConstruct, ReadonlySet<CfnResource>>();

  public constructor(private readonly stack: Stack) {
    for (const construct of stack.node.findAll()) {
      if (Stack.isStack(construct)) {
        if (construct.nestedStackResource) this.nestedStacks.set(construct.nestedStackResource, construct);
      } else if (CfnResource.isCfnResource(construct) && construct.stack === stack) {
        this.resources.add(construct);
      }
    }
  }

  /** Whether the template has this resource: it may have been removed from the tree. */
  public has(resource: CfnResource): boolean {
    return this.resources.has(resource);
  }

  /** What a resource waits for directly. */
  public of(resource: CfnResource): ReadonlySet<CfnResource> {
    let found = this.known.get(resource);
    if (!found) this.known.set(resource, (found = this.find(resource)));
    return found;
  }

  private find(resource: CfnResource): ReadonlySet<CfnResource> {
    const found = new Set<CfnResource>();
    const { targets, logicalIds } = templateReferences(resource);
    for (const id of logicalIds) this.addTo(found, this.byLogicalId().get(id));
    for (const target of targets) this.addTo(found, target);

    const nested = this.nestedStacks.get(resource);
    for (const part of nested?.node.findAll() ?? []) {
      if (CfnResource.isCfnResource(part))
        for (const target of templateReferences(part).targets) this.addTo(found, target);
    }
    const declaring = [
      ...this.scopesOf(resource),
      ...(nested ? [...this.scopesOf(nested), ...nested.node.findAll()] : []),
    ];
    for (const target of new Set(declaring.flatMap(({ node }) => node.dependencies))) {
      for (const each of this.allBelow(target)) found.add(each);
    }
    found.delete(resource);
    return found;
  }

  /** Made when it is needed: a logical id is a hash, and most templates name nothing by hand. */
  private byLogicalId(): ReadonlyMap<string, CfnResource> {
    this.logicalIds ??= new Map(
      [...this.resources].map((each) => [this.stack.resolve(each.logicalId) as string, each]),
    );
    return this.logicalIds;
  }

  private addTo(found: Set<CfnResource>, target: IConstruct | undefined): void {
    const resource = target && this.inTemplate(target);
    if (resource) found.add(resource);
  }

  /** The construct and those around it, whose dependencies are also its own; the stack's are those of the whole template. */
  private scopesOf(construct: IConstruct): IConstruct[] {
    const scopes = construct.node.scopes;
    return scopes.slice(scopes.indexOf(this.stack) + 1);
  }

  private allBelow(construct: IConstruct): ReadonlySet<CfnResource> {
    let found = this.below.get(construct);
    if (!found) {
      this.below.set(construct, (found = new Set()));
      for (const each of construct.node.findAll()) this.addTo(found as Set<CfnResource>, each);
    }
    return found;
  }

  /** What stands for a construct in this template: itself, or the nested stack that it is in. */
  private inTemplate(construct: IConstruct): CfnResource | undefined {
    if (!CfnResource.isCfnResource(construct)) return undefined;
    let resource: CfnResource | undefined = construct;
    while (resource && resource.stack !== this.stack) resource = resource.stack.nestedStackResource;
    return resource;
  }
}
