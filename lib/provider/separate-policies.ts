import { createHash } from 'node:crypto';
import type { IResource } from 'aws-cdk-lib';
import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { HandlerPolicy } from './handler-policy';

/**
 * The first resources of a kind have an inline policy each. The inline policies of a role are limited to 10,240 characters, and an
 * update that moves to other resources has the policies of both.
 */
const MAX_OWN_POLICIES = 2;

/** The room for the resources in a managed policy, which is limited to 6,144 characters. Actions and conditions take the rest. */
const SHARED_CHARACTERS = 4800;

/** A policy with the permissions on one resource, or on several. */
export interface SeparatePolicy {
  readonly policy: HandlerPolicy;
  /** The policy resource. A resource that needs the permissions depends on it. */
  readonly resource: iam.Policy | iam.ManagedPolicy;
  readonly isShared: boolean;
}

interface SharedPolicy extends SeparatePolicy {
  readonly account: string;
  remainingCharacters: number;
}

/**
 * Policies of a role for the use of other resources, such as buckets, as policy resources of their own.
 *
 * An update changes the default policy of a role before CloudFormation sends Delete for what the update replaced or removed. A
 * policy resource that the new template does not contain is deleted in the clean-up, after the resources that depend on it. So
 * the handler can still release or remove an artifact. A policy that several resources share does not have this quality.
 */
export class SeparatePolicies {
  private readonly shared: SharedPolicy[] = [];
  private ownPolicies = 0;

  public constructor(
    private readonly role: iam.Role,
    private readonly kind: string,
  ) {}

  /** @param characters The maximum length of the statements on the resource in a shared policy. */
  public policyFor(resource: IResource, name: string, characters: number): SeparatePolicy {
    if (this.ownPolicies < MAX_OWN_POLICIES) {
      this.ownPolicies += 1;
      const policy = new iam.Policy(this.scope, `${this.id}${this.hash(resource, name)}`, { roles: [this.role] });
      return { policy: new HandlerPolicy(policy), resource: policy, isShared: false };
    }
    const { account } = resource.env;
    const shared = this.shared.find((one) => one.account === account && one.remainingCharacters >= characters);
    const chosen = shared ?? this.newSharedPolicy(account);
    chosen.remainingCharacters -= characters;
    return chosen;
  }

  private newSharedPolicy(account: string): SharedPolicy {
    const resource = new iam.ManagedPolicy(this.scope, `${this.id}Shared${this.shared.length + 1}`, {
      roles: [this.role],
    });
    const policy = new HandlerPolicy(resource);
    const shared = { policy, resource, isShared: true, account, remainingCharacters: SHARED_CHARACTERS };
    this.shared.push(shared);
    return shared;
  }

  /** A resource beside the role: what depends on the role does not depend on all its separate policies. */
  private get scope(): Construct {
    return this.role.node.scope as Construct;
  }

  private get id(): string {
    return `${this.role.node.id}${this.kind}`;
  }

  /** Differs for another name, because an update of the policy would take the permissions on the earlier resource away. */
  private hash(resource: IConstruct, name: string): string {
    const [stack, home] = [Stack.of(this.role), Stack.of(resource)];
    const identity = [stack.resolve(name), home === stack ? '' : home.node.path];
    return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 8);
  }
}

/** The length of a name that may be a token. */
export function lengthOf(name: string, maximum: number): number {
  return Token.isUnresolved(name) ? maximum : name.length;
}
