import { expect, test } from 'vitest'
import { rpcButton } from './manifest.ts'
import { rpcButtonPlan, rpcButtonRequest } from './plan.ts'

const settings = (given: Record<string, unknown>) => rpcButton.settings.parse(given)

test('a command is sent with its parameters', () => {
  expect(
    rpcButtonPlan(settings({ methodName: 'blink', methodParams: '{"times": 3}', oneWayElseTwoWay: false })),
  ).toEqual({
    reads: {},
    writes: {
      click: {
        kind: 'rpc',
        method: 'blink',
        timeoutMs: 5_000,
        isOneWay: false,
        pollMs: null,
        data: { kind: 'constant', value: { times: 3 } },
      },
    },
  })
})

test('attributes are written where the settings name a scope', () => {
  expect(rpcButtonRequest(settings({ entityAttributeType: 'SHARED_SCOPE', entityParameters: '{"limit": 5}' }))).toEqual(
    {
      kind: 'attributes',
      scope: 'SHARED_SCOPE',
      values: { limit: 5 },
    },
  )
})

test.each([
  { methodParams: '{times' },
  { entityAttributeType: 'SERVER_SCOPE', entityParameters: '[1]' },
  { entityAttributeType: 'SERVER_SCOPE', entityParameters: 'x' },
])('what is no JSON of the right kind is not sent: %j', (given) => {
  expect(rpcButtonRequest(settings(given)).kind).toBe('broken')
  expect(rpcButtonPlan(settings(given)).writes).toEqual({})
})
