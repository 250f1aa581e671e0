import type { CfnResource, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext } from 'aws-cdk-lib';
import { DefaultTokenResolver, Reference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a resource of a template names. */
export interface TemplateReferences {
  /** By CDK's tokens; in any stack. */
  readonly targets: ReadonlySet<IConstruct>;
  /** Without tokens: DependsOn, and intrinsic functions written by hand. */
  readonly logicalIds: ReadonlySet<string>;
}

/** What a resource names, as its part of the template would be rendered now. */
export function templateReferences(resource: CfnResource): TemplateReferences {
  const resolver = new ReferenceResolver();
  // What every CDK template is made of, though internal: it has the overrides and what resources add when they are rendered.
  const { Resources = {} } = (
    resource as unknown as { _toCloudFormation(): { Resources?: object } }
  )._toCloudFormation();
  // Without its own logical id, which is a hash and names nothing else.
  const resolved: unknown = Tokenization.resolve(Object.values(Resources), {
    scope: resource,
    resolver,
    preparing: true,
  });
  return { targets: resolver.targets, logicalIds: new Set(logicalIdsIn(resolved)) };
}

/** Notes each reference and leaves nothing of it: the logical id of another stack's resource may be one of this stack's, too. */
class ReferenceResolver extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  public constructor() {
    super(JOIN);
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) return super.resolveToken(token, context, postProcessor);
    this.targets.add(token.target);
    return { Ref: 'AWS::NoValue' };
  }
}

const JOIN: IFragmentConcatenator = {
  join: (left: unknown, right: unknown) =>
    typeof left === 'object' || typeof right === 'object'
      ? { 'Fn::Join': ['', [left, right]] }
      : `${left ?? ''}${right ?? ''}`,
};

function* logicalIdsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, content] of Object.entries(value)) {
    const first: unknown = Array.isArray(content) ? content[0] : content;
    if (name === 'DependsOn') yield* Array.isArray(content) ? (content as string[]) : [String(content)];
    if (typeof first === 'string') {
      if (name === 'Ref') yield first;
      if (name === 'Fn::GetAtt') yield first.replace(/\..*/s, '');
      if (name === 'Fn::Sub') for (const [, id] of first.matchAll(/\$\{([^!.}][^.}]*)/g)) yield id as string;
    }
    yield* logicalIdsIn(content);
  }
}
