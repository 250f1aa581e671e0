import { AspectPriority, Aspects, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The rules of cdk-nag that find something here, and the types of the resources that they look at. */
const RULE_RESOURCE_TYPES = {
  'AwsSolutions-IAM5': ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'],
  'AwsSolutions-S1': ['AWS::S3::Bucket'],
  'AwsSolutions-SF1': ['AWS::StepFunctions::StateMachine'],
  'AwsSolutions-SF2': ['AWS::StepFunctions::StateMachine'],
} satisfies Record<string, readonly string[]>;

export interface NagAcknowledgement {
  readonly rule: keyof typeof RULE_RESOURCE_TYPES;
  /** Why what the rule finds is as it is. */
  readonly reason: string;
  /** The resources of a policy statement: each that has a wildcard is a finding of its own. */
  readonly resources?: () => readonly string[];
  /** Whether these may not be resolved before synthesis. */
  readonly lazy?: boolean;
}

/** As version 2 has it in the metadata of a resource. */
interface Suppression {
  readonly id: string;
  readonly reason: string;
  readonly applies_to?: readonly string[];
}

/**
 * Tells cdk-nag why what it finds below a construct is as it is, without a dependency on it. Version 3 reads the rules that
 * aws-cdk-lib keeps as acknowledged, each finding by its own name; version 2 reads the metadata of the resources.
 */
export class NagAcknowledgements {
  private readonly all: NagAcknowledgement[] = [];
  private readonly recorded = new Set<string>();

  public constructor(private readonly scope: IConstruct) {
    // Before the packs of version 2, which are aspects of the default priority.
    Aspects.of(scope).add({ visit: (construct) => this.visit(construct) }, { priority: AspectPriority.MUTATING });
    // Again when synthesis has named what lies in other stacks, as version 3 will see it.
    scope.node.addValidation({
      validate: () => {
        this.all.forEach((each) => this.record(each));
        return [];
      },
    });
  }

  public add(acknowledgement: NagAcknowledgement): void {
    this.all.push(acknowledgement);
    if (!acknowledgement.lazy) this.record(acknowledgement);
  }

  private visit(construct: IConstruct): void {
    if (construct === this.scope) this.all.forEach((each) => this.record(each));
    if (!CfnResource.isCfnResource(construct)) return;
    const suppressions = this.suppressions(construct.cfnResourceType);
    if (suppressions.size === 0) return;
    const found = construct.getMetadata('cdk_nag') as
      | { readonly rules_to_suppress: readonly Suppression[] }
      | undefined;
    const others = found?.rules_to_suppress.filter(({ reason }) => !suppressions.has(reason)) ?? [];
    construct.addMetadata('cdk_nag', { rules_to_suppress: [...others, ...suppressions.values()] });
  }

  /** By their reasons. */
  private suppressions(resourceType: string): Map<string, Suppression> {
    const suppressions = new Map<string, Suppression>();
    for (const { rule, reason, resources } of this.all) {
      if (!(RULE_RESOURCE_TYPES[rule] as readonly string[]).includes(resourceType)) continue;
      const findings = resources && [...(suppressions.get(reason)?.applies_to ?? []), ...this.findings(resources())];
      if (findings?.length !== 0)
        suppressions.set(reason, { id: rule, reason, ...(findings && { applies_to: findings }) });
    }
    return suppressions;
  }

  private record({ rule, reason, resources }: NagAcknowledgement): void {
    for (const id of resources ? this.findings(resources()).map((finding) => `${rule}[${finding}]`) : [rule]) {
      if (this.recorded.has(id)) continue;
      this.recorded.add(id);
      // `acknowledge` reads blanks and braces as its own, and the prefix of an artifact's key may have them.
      if (/[\s()[\]{}]/.test(id.slice(rule.length + 1, -1)))
        this.scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
      else Validations.of(this.scope).acknowledge({ id, reason });
    }
  }

  private findings(resources: readonly string[]): string[] {
    const flattened = (Stack.of(this.scope).resolve(resources) as unknown[]).map(flat);
    return [...new Set(flattened)]
      .filter((resource) => resource.includes('*'))
      .map((resource) => `Resource::${resource}`);
  }
}

/** A value of a template as cdk-nag writes it in the name of a finding. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const [name, argument] = Object.entries(value as object)[0] as [string, unknown];
  if (name === 'Ref') return `<${flat(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as unknown[]).map(flat).join('.')}>`;
  if (name === 'Fn::Join')
    return (argument as [string, unknown[]])[1].map(flat).join((argument as [string, unknown[]])[0]);
  if (name === 'Fn::Sub' || name === 'Fn::ImportValue') return flat(argument);
  return JSON.stringify(value);
}
