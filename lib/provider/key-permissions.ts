import { Annotations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IDependable } from 'constructs';
import { SeparatePolicies } from './separate-policies';

const ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'];

const WILDCARD_REASON =
  'The id of a key is unknown behind an imported alias and in another account. The condition on kms:ResourceAliases, or the policy of the key, ' +
  'allows only that key.';

/** The length of a statement on a key, with the condition of an imported alias. */
const STATEMENT_CHARACTERS = 240;

/** The permissions of a role to encrypt and decrypt objects with KMS keys. */
export class KeyPermissions {
  private readonly policies: SeparatePolicies;
  private readonly ofKeys = new Map<string, IDependable[]>();

  public constructor(private readonly role: iam.Role) {
    this.policies = new SeparatePolicies(role, 'Key');
  }

  /** @returns the policies that the user of the key depends on. */
  public allow(key: kms.IKey): readonly IDependable[] {
    const existing = this.ofKeys.get(key.keyArn);
    const policies = existing ?? this.grant(key);
    this.ofKeys.set(key.keyArn, policies);
    return policies;
  }

  private grant(key: kms.IKey): IDependable[] {
    // The grant changes the policy of the key if the key needs it, and leaves the statements of the role to us.
    const grant = key.grant(this.role.withoutPolicyUpdates(), ...ACTIONS);
    if (!grant.success) {
      this.warn(key);
      return [];
    }
    const { policy, resource } = this.policies.policyFor(key, key.keyArn, STATEMENT_CHARACTERS);
    // For a key of another account, the CDK returns the statement of the key policy, which has principals.
    for (const statement of grant.principalStatements) {
      const { actions, resources } = statement;
      policy.add(new iam.PolicyStatement({ actions, resources, conditions: statement.conditions as iam.Conditions }));
      policy.acknowledgeWildcards(WILDCARD_REASON, () => resources);
    }
    return [resource];
  }

  private warn({ node }: kms.IKey): void {
    const role = this.role.node.path;
    Annotations.of(this.role).addWarningV2(
      'cdk-quicksight-asset-bundle:key-permission',
      `The role ${role} has no permission on the key ${node.path}: an imported alias grants none unless the feature flag ` +
        '@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal is set. Set the flag, or import the key by its ARN, or allow ' +
        `${ACTIONS.join(' and ')} in the policy of the key.`,
    );
  }
}
