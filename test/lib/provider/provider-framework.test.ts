import { NODE_MAX_ATTEMPT_CONFIG_OPTIONS, NODE_RETRY_MODE_CONFIG_OPTIONS } from '@smithy/core/retry';
import { Construct } from 'constructs';
import { configureInvokingFunctions } from '../../../lib/provider/provider-framework';
import type { Resource } from '../support';
import { newExport, newStack, resources } from '../support';

function functions(): Record<string, Resource['Properties']> {
  const stack = newStack();
  newExport({}, stack);
  return Object.fromEntries(
    resources(stack, 'AWS::Lambda::Function').map(({ id, Properties }) => [
      /(framework\w+|OnEvent|IsComplete)[0-9A-F]{8}$/.exec(id)?.[1] ?? id,
      Properties,
    ]),
  );
}

const environment = (properties?: Resource['Properties']) =>
  (properties?.Environment as { Variables: Record<string, unknown> }).Variables;

test.each(['frameworkonEvent', 'frameworkisComplete'])('%s retries when Lambda throttles the handlers', (name) => {
  expect(environment(functions()[name])).toMatchObject({ AWS_RETRY_MODE: 'standard', AWS_MAX_ATTEMPTS: '1000' });
});

test('the SDK reads these retry settings', () => {
  const variables = environment(functions().frameworkisComplete) as Record<string, string>;
  expect(NODE_MAX_ATTEMPT_CONFIG_OPTIONS.environmentVariableSelector(variables)).toBe(1000);
  expect(NODE_RETRY_MODE_CONFIG_OPTIONS.environmentVariableSelector(variables)).toBe('standard');
});

test('framework-isComplete, which is invoked again, times out early, and framework-onEvent late', () => {
  const { frameworkonEvent, frameworkisComplete } = functions();
  expect([frameworkonEvent?.Timeout, frameworkisComplete?.Timeout]).toEqual([480, 180]);
});

test('the functions that wait run on arm64', () => {
  const { frameworkonEvent, frameworkisComplete } = functions();
  expect([frameworkonEvent?.Architectures, frameworkisComplete?.Architectures]).toEqual([['arm64'], ['arm64']]);
});

test('the waiter calls isComplete every second for an hour and logs none of its events', () => {
  const stack = newStack();
  newExport({}, stack);
  const [machine] = resources(stack, 'AWS::StepFunctions::StateMachine');
  const definition = JSON.stringify(machine?.Properties.DefinitionString);
  expect(definition).toContain('\\"IntervalSeconds\\":1');
  expect(definition).toContain('\\"MaxAttempts\\":3600');
  // Its events contain the properties of every export and the ResponseURL.
  expect(machine?.Properties).not.toHaveProperty('LoggingConfiguration');
});

test('synthesis rejects a framework with other functions', () => {
  const scope = new Construct(newStack(), 'Framework');
  expect(() => configureInvokingFunctions(scope)).toThrow(
    /\[Stack\/Framework\] .* has no Lambda function 'framework-onEvent' \(it has: nothing\).* Install the version of aws-cdk-lib/,
  );
  new Construct(scope, 'framework-onEvent');
  expect(() => configureInvokingFunctions(scope)).toThrow(
    "has no Lambda function 'framework-onEvent' (it has: framework-onEvent)",
  );
});
