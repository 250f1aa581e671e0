import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

type Json = Record<string, unknown>;
type Resources = Record<string, { Type: string; Properties: Json }>;
type Policy = { readonly name: string; readonly policy: Json };

export interface SimulatedRequest {
  readonly action: string;
  readonly resource: string;
  /** The account that owns the resource. Default: the account of the role. */
  readonly owner?: string;
  readonly context?: Record<string, string>;
}

/** The role of isComplete in a synthesized stack. An IAM simulator evaluates all its policies together. */
export class SimulatedRole {
  public readonly policies: readonly Policy[];

  public constructor(
    stack: Stack,
    private readonly account: string,
    private readonly region: string,
  ) {
    const resources = Template.fromStack(stack).toJSON().Resources as Resources;
    const [roleId = '', role] = Object.entries(resources).find(([id]) => /IsCompleteRole[0-9A-F]{8}$/.test(id)) ?? [];
    if (role?.Type !== 'AWS::IAM::Role') throw new Error('The stack has no role of isComplete.');
    if (role.Properties.Policies ?? role.Properties.ManagedPolicyArns)
      throw new Error('The role has policies that are not simulated.');
    this.policies = Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
      .filter(([, { Properties }]) => (Properties.Roles as Array<{ Ref: string }>).some(({ Ref }) => Ref === roleId))
      .map(([name, { Properties }]) => ({ name, policy: this.resolve(Properties.PolicyDocument) as Json }));
  }

  /** The actions of all statements. */
  public get actions(): string[] {
    const statements = this.policies.flatMap(({ policy }) => policy.Statement as Array<{ Action: string | string[] }>);
    return [...new Set(statements.flatMap(({ Action }) => Action))];
  }

  public allows(request: SimulatedRequest): boolean {
    return runUnsafeSimulation(this.simulation(request), {}) === 'Allowed';
  }

  /** The errors that the simulator finds in the policies. */
  public async errors(): Promise<unknown> {
    const bucket = { action: 's3:ListAllMyBuckets', resource: '*' };
    const result = await runSimulation(this.simulation(bucket), {});
    return result.resultType === 'error' ? result.errors : undefined;
  }

  private simulation({ action, resource, owner = this.account, context = {} }: SimulatedRequest) {
    return simulationOf(this.policies, `arn:aws:iam::${this.account}:role/is-complete`, {
      action,
      resource,
      owner,
      context: { 'aws:ResourceAccount': owner, ...context },
    });
  }

  /** Replaces intrinsic functions. The ARN of a bucket contains its logical id in lower case. */
  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = []] = Object.entries(value as Json);
    if (name === 'Ref') return this.reference(argument as string);
    if (name === 'Fn::GetAtt') return `arn:aws:s3:::${(argument as string[])[0]?.toLowerCase()}`;
    if (name === 'Fn::Join') {
      const [delimiter, parts] = argument as [string, unknown[]];
      return parts.map((part) => this.resolve(part)).join(delimiter);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
  }

  private reference(name: string): string {
    const values: Record<string, string> = {
      'AWS::Partition': 'aws',
      'AWS::AccountId': this.account,
      'AWS::Region': this.region,
    };
    return values[name] ?? name;
  }
}

/** Evaluates a policy document alone. */
export function allowedBy(policy: Json, request: Required<Omit<SimulatedRequest, 'context'>>): boolean {
  const principal = `arn:aws:iam::${request.owner}:role/any`;
  const simulation = simulationOf([{ name: 'policy', policy }], principal, { ...request, context: {} });
  return runUnsafeSimulation(simulation, {}) === 'Allowed';
}

function simulationOf(
  identityPolicies: readonly Policy[],
  principal: string,
  { action, resource, owner, context }: Required<SimulatedRequest>,
) {
  return {
    identityPolicies: [...identityPolicies],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    request: { action, principal, resource: { accountId: owner, resource }, contextVariables: context },
  };
}
