import { Annotations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { NagAcknowledgements } from './nag-acknowledgements';

/** The permissions of a handler. Each wildcard has a justification, which cdk-nag reports. */
export class HandlerPolicy {
  private readonly statements = new Map<string, iam.PolicyStatement>();
  private readonly keyGrants = new Set<string>();
  private readonly acknowledgements: NagAcknowledgements;

  public constructor(private readonly role: iam.Role) {
    this.acknowledgements = new NagAcknowledgements(role);
  }

  public allow(actions: string[], resources: string[], wildcardReason?: string): iam.PolicyStatement {
    const statement = new iam.PolicyStatement({ actions, resources });
    this.role.addToPrincipalPolicy(statement);
    if (wildcardReason) this.acknowledgeWildcards(wildcardReason, () => resources);
    return statement;
  }

  /** Adds actions to the only statement of a resource, because the inline policies of a role are limited to 10,240 characters. */
  public allowOn(resource: string, actions: readonly string[], wildcardReason: string): void {
    const statement = this.statements.get(resource);
    if (statement) statement.addActions(...actions.filter((action) => !statement.actions.includes(action)));
    else this.statements.set(resource, this.allow([...actions], [resource], wildcardReason));
  }

  public allowKey(key: kms.IKey, ...actions: string[]): void {
    const id = [key.keyArn, ...actions].join(' ');
    if (this.keyGrants.has(id)) return;
    this.keyGrants.add(id);
    const grant = key.grant(this.role, ...actions);
    if (!grant.success) {
      Annotations.of(this.role).addWarningV2(
        'cdk-quicksight-asset-bundle:key-permission',
        `The role ${this.role.node.path} has no permission on the key ${key.node.path}: an imported alias grants none unless the feature flag ` +
          '@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal is set. Set the flag, or import the key by its ARN, or allow ' +
          `${actions.join(' and ')} in the policy of the key.`,
      );
    }
    this.acknowledgeWildcards(
      'An imported alias refers to an unknown key. The condition on kms:ResourceAliases allows only that key.',
      () => grant.principalStatements.flatMap(({ resources }) => resources),
    );
  }

  public acknowledgeWildcards(reason: string, resources: () => readonly string[], lazy = false): void {
    this.acknowledgements.add({ rule: 'AwsSolutions-IAM5', reason, resources, lazy });
  }
}
