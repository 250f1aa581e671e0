import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { FRAMEWORK_IS_COMPLETE_TIMEOUT, FRAMEWORK_ON_EVENT_TIMEOUT } from './function-timeouts';

/** The functions of a `cr.Provider` that call ours, with their time-outs; framework-onTimeout calls nothing. */
const INVOKING_FUNCTIONS = {
  'framework-onEvent': FRAMEWORK_ON_EVENT_TIMEOUT,
  'framework-isComplete': FRAMEWORK_IS_COMPLETE_TIMEOUT,
};

/**
 * The framework invokes our functions with the SDK's three attempts, and again three times when the function is active. If
 * Lambda throttles all of them, it answers FAILED: a busy account would fail an export. With this it waits instead, until
 * its own time-out ends it without an answer and it is called again.
 *
 * The attempts have no limit of their own, for a quota of the SDK has one: 500, of which a throttled call costs 5, so 100
 * retries, 0 to 20 seconds apart (16 minutes on average). A call that succeeds gives 1 back, or what its last retry cost; a
 * function that was ended by its time-out begins with a full quota.
 */
const LAMBDA_RETRY_SETTINGS = { AWS_RETRY_MODE: 'standard', AWS_MAX_ATTEMPTS: '1000' };

/** Makes the functions of a `cr.Provider` wait where Lambda throttles ours, and as cheap as they can be. */
export function setUpFrameworkFunctions(provider: Construct): void {
  for (const [id, timeout] of Object.entries(INVOKING_FUNCTIONS)) {
    const found = provider.node.tryFindChild(id);
    const resource = found?.node.defaultChild;
    if (!(found instanceof lambda.Function) || !(resource instanceof lambda.CfnFunction)) {
      const children = provider.node.children.map(({ node }) => node.id).join(', ') || 'nothing';
      throw new Error(
        `[${provider.node.path}] The provider framework of this aws-cdk-lib has no Lambda function '${id}' (it has: ${children}), and without ` +
          'its settings a busy account would fail exports: use the version of aws-cdk-lib that this package names, or a newer version of this package.',
      );
    }
    for (const [name, value] of Object.entries(LAMBDA_RETRY_SETTINGS)) found.addEnvironment(name, value);
    resource.timeout = timeout.toSeconds();
    // As ours: they wait as long as ours do, and a second costs a fifth less.
    resource.architectures = [lambda.Architecture.ARM_64.name];
  }
}
