import { AspectPriority, Aspects, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The rules of cdk-nag with findings in this package, and the types of resources that they check. */
const RULE_RESOURCE_TYPES = {
  'AwsSolutions-IAM5': ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'],
  'AwsSolutions-S1': ['AWS::S3::Bucket'],
  'AwsSolutions-SF1': ['AWS::StepFunctions::StateMachine'],
  'AwsSolutions-SF2': ['AWS::StepFunctions::StateMachine'],
} satisfies Record<string, readonly string[]>;

export interface NagAcknowledgement {
  readonly rule: keyof typeof RULE_RESOURCE_TYPES;
  /** The justification of the finding, which the report of cdk-nag shows. */
  readonly reason: string;
  /** The resources of a policy statement. Each one with a wildcard is a separate finding. */
  readonly resources?: () => readonly string[];
  /** The resources can only be resolved during synthesis. Default: they are resolved immediately. */
  readonly lazy?: boolean;
}

/** An entry in the metadata that cdk-nag 2 reads. */
interface Suppression {
  readonly id: string;
  readonly reason: string;
  readonly applies_to?: readonly string[];
}

/**
 * Acknowledges the findings of cdk-nag below a scope, without a dependency on cdk-nag. Version 3 reads the acknowledged rules in
 * the metadata of constructs, version 2 reads suppressions in the metadata of resources.
 */
export class NagAcknowledgements {
  private readonly acknowledgements: NagAcknowledgement[] = [];
  private readonly recorded = new Set<string>();

  public constructor(private readonly scope: IConstruct) {
    // Before the rule packs of version 2, which are aspects of the default priority.
    Aspects.of(scope).add({ visit: (construct) => this.visit(construct) }, { priority: AspectPriority.MUTATING });
    // Synthesis may have replaced references to other stacks in the resources since the aspects.
    scope.node.addValidation({
      validate: () => {
        this.recordAll();
        return [];
      },
    });
  }

  public add(acknowledgement: NagAcknowledgement): void {
    this.acknowledgements.push(acknowledgement);
    if (!acknowledgement.lazy) this.record(acknowledgement);
  }

  private visit(construct: IConstruct): void {
    if (construct === this.scope) this.recordAll();
    if (CfnResource.isCfnResource(construct)) this.suppress(construct);
  }

  /** For version 3. */
  private recordAll(): void {
    this.acknowledgements.forEach((each) => this.record(each));
  }

  private record({ rule, reason, resources }: NagAcknowledgement): void {
    for (const id of resources ? this.findings(resources()).map((finding) => `${rule}[${finding}]`) : [rule]) {
      if (this.recorded.has(id)) continue;
      this.recorded.add(id);
      // `Validations.acknowledge` rejects or changes ids with blanks or braces, which the prefix of an artifact may contain.
      this.scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
    }
  }

  /** For version 2. */
  private suppress(resource: CfnResource): void {
    const ours = this.suppressions(resource.cfnResourceType);
    if (ours.length === 0) return;
    const reasons = new Set(ours.map(({ reason }) => reason));
    const metadata = resource.getMetadata('cdk_nag') as { rules_to_suppress: Suppression[] } | undefined;
    const others = metadata?.rules_to_suppress.filter(({ reason }) => !reasons.has(reason)) ?? [];
    resource.addMetadata('cdk_nag', { rules_to_suppress: [...others, ...ours] });
  }

  private suppressions(resourceType: string): Suppression[] {
    const byReason = new Map<string, Suppression>();
    for (const { rule, reason, resources } of this.acknowledgements) {
      if (!(RULE_RESOURCE_TYPES[rule] as readonly string[]).includes(resourceType)) continue;
      const findings =
        resources && new Set([...(byReason.get(reason)?.applies_to ?? []), ...this.findings(resources())]);
      if (findings?.size !== 0)
        byReason.set(reason, { id: rule, reason, ...(findings && { applies_to: [...findings] }) });
    }
    return [...byReason.values()];
  }

  private findings(resources: readonly string[]): string[] {
    const names = (Stack.of(this.scope).resolve(resources) as unknown[]).map(findingName);
    return [...new Set(names)].filter((name) => name.includes('*')).map((name) => `Resource::${name}`);
  }
}

/** The spelling of a template value in the id of a finding. */
function findingName(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const [name, argument] = Object.entries(value as object)[0] as [string, unknown];
  if (name === 'Ref') return `<${findingName(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as unknown[]).map(findingName).join('.')}>`;
  if (name === 'Fn::Join') {
    const [delimiter, values] = argument as [string, unknown[]];
    return values.map(findingName).join(delimiter);
  }
  if (name === 'Fn::Sub' || name === 'Fn::ImportValue') return findingName(argument);
  return JSON.stringify(value);
}
