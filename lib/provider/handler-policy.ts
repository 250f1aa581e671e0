import * as iam from 'aws-cdk-lib/aws-iam';
import { NagAcknowledgements } from './nag-acknowledgements';

/** The default policy of a handler's role, or a policy resource that is attached to that role. */
type PolicyTarget = iam.Role | iam.Policy | iam.ManagedPolicy;

/** Permissions of a handler. Each wildcard has a justification, which cdk-nag reports. */
export class HandlerPolicy {
  private readonly acknowledgements: NagAcknowledgements;

  public constructor(private readonly target: PolicyTarget) {
    this.acknowledgements = new NagAcknowledgements(target);
  }

  public allow(actions: string[], resources: string[], wildcardReason?: string): void {
    this.add(new iam.PolicyStatement({ actions, resources }));
    if (wildcardReason) this.acknowledgeWildcards(wildcardReason, () => resources);
  }

  public add(statement: iam.PolicyStatement): void {
    if ('addStatements' in this.target) this.target.addStatements(statement);
    else this.target.addToPrincipalPolicy(statement);
  }

  /** @param lazy The resources can only be resolved during synthesis. */
  public acknowledgeWildcards(reason: string, resources: () => readonly string[], lazy = false): void {
    this.acknowledgements.add({ rule: 'AwsSolutions-IAM5', reason, resources, lazy });
  }
}
