import { NODE_MAX_ATTEMPT_CONFIG_OPTIONS, NODE_RETRY_MODE_CONFIG_OPTIONS } from '@smithy/core/retry';
import { Construct } from 'constructs';
import { setUpFrameworkFunctions } from '../../../lib/provider/provider-framework';
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

test.each(['frameworkonEvent', 'frameworkisComplete'])('%s waits where Lambda throttles ours', (name) => {
  expect(environment(functions()[name])).toMatchObject({ AWS_RETRY_MODE: 'standard', AWS_MAX_ATTEMPTS: '1000' });
});

test('the SDK reads these settings', () => {
  const variables = environment(functions().frameworkisComplete) as Record<string, string>;
  expect(NODE_MAX_ATTEMPT_CONFIG_OPTIONS.environmentVariableSelector(variables)).toBe(1000);
  expect(NODE_RETRY_MODE_CONFIG_OPTIONS.environmentVariableSelector(variables)).toBe('standard');
});

test('time-outs: those that wait end soon where nothing goes on, and onEvent, which is called three times only, late', () => {
  const timeouts = Object.fromEntries(
    Object.entries(functions()).map(([name, properties]) => [name, properties?.Timeout]),
  );
  expect(timeouts).toMatchObject({ OnEvent: 60, IsComplete: 420, frameworkonEvent: 480, frameworkisComplete: 180 });
});

test('all that run for long run on arm64', () => {
  const { frameworkonEvent, frameworkisComplete, OnEvent, IsComplete } = functions();
  expect(
    [frameworkonEvent, frameworkisComplete, OnEvent, IsComplete].map((properties) => properties?.Architectures),
  ).toEqual(Array(4).fill(['arm64']));
});

test('another shape of the framework is refused', () => {
  const scope = new Construct(newStack(), 'Framework');
  expect(() => setUpFrameworkFunctions(scope)).toThrow(
    /\[Stack\/Framework\] .* has no Lambda function 'framework-onEvent' \(it has: nothing\).*: use the version of aws-cdk-lib/,
  );
  new Construct(scope, 'framework-onEvent');
  expect(() => setUpFrameworkFunctions(scope)).toThrow(
    "has no Lambda function 'framework-onEvent' (it has: framework-onEvent)",
  );
});
