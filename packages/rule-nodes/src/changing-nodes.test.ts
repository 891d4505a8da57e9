import { AppError, type Message } from '@thingwire/contracts'
import type { NodeHandlerFactory } from '@thingwire/rules'
import { testMessage } from '@thingwire/rules/testing'
import { describe, expect, it, test } from 'vitest'
import { assignToCustomerHandler } from './assign-to-customer/handler.ts'
import { copyToViewHandler } from './copy-to-view/handler.ts'
import { createRelationHandler } from './create-relation/handler.ts'
import { deleteAttributesHandler } from './delete-attributes/handler.ts'
import { deleteRelationHandler } from './delete-relation/handler.ts'
import { deviceStateHandler } from './device-state/handler.ts'
import { gpsGeofencingEventsHandler } from './gps-geofencing-events/handler.ts'
import { mathFunctionHandler } from './math-function/handler.ts'
import { recordingPorts, runNode } from './node-harness.ts'
import { unassignFromCustomerHandler } from './unassign-from-customer/handler.ts'

type Ports = ReturnType<typeof recordingPorts>['ports']
type Subject = {
  factory: NodeHandlerFactory
  config: Record<string, unknown>
  message?: Partial<Message>
  /** Makes the call by which the node changes something do this instead. */
  instead(ports: Ports, work: () => Promise<never>): void
}

const device = testMessage().originator
const viewKeys = { CLIENT_SCOPE: [], SHARED_SCOPE: [], SERVER_SCOPE: ['n'] }
const view = {
  of: device,
  view: {
    ...{ id: { entityType: 'ENTITY_VIEW' as const, id: '99999999-9999-4999-8999-000000000001' }, keys: viewKeys },
    ...{ startTimeMs: 0, endTimeMs: 0 },
  },
}
const given = {
  entities: [{ id: { entityType: 'CUSTOMER' as const, id: '55555555-5555-4555-8555-555555555555' }, name: 'Acme' }],
  views: [view],
}
const toCustomer = { direction: 'FROM', relationType: 'Is', entityType: 'CUSTOMER', entityNamePattern: 'Acme' }
const square = { fetchPerimeterInfoFromMessageMetadata: false, polygonsDefinition: '[[0,0],[9,9]]' }

const subjects: Record<string, Subject> = {
  'delete attributes': {
    factory: deleteAttributesHandler,
    config: { keys: ['a'] },
    instead: (ports, work) => {
      ports.attributes.remove = work
    },
  },
  'copy to view': {
    factory: copyToViewHandler,
    config: {},
    message: { type: 'ATTRIBUTES_UPDATED', metadata: { scope: 'SERVER_SCOPE' } },
    instead: (ports, work) => {
      ports.attributes.save = work
    },
  },
  'device state': {
    factory: deviceStateHandler,
    config: {},
    instead: (ports, work) => {
      ports.connectivity.report = work
    },
  },
  'assign to customer': {
    factory: assignToCustomerHandler,
    config: { customerNamePattern: 'Acme' },
    instead: (ports, work) => {
      ports.entityChanges.assign = work
    },
  },
  'unassign from customer': {
    factory: unassignFromCustomerHandler,
    config: {},
    instead: (ports, work) => {
      ports.entityChanges.assign = work
    },
  },
  'create relation': {
    factory: createRelationHandler,
    config: toCustomer,
    instead: (ports, work) => {
      ports.relationChanges.save = work
    },
  },
  'delete relation': {
    factory: deleteRelationHandler,
    config: {},
    instead: (ports, work) => {
      ports.relationChanges.removeOf = work
    },
  },
  'math function': {
    factory: mathFunctionHandler,
    config: {
      ...{ customFunction: 'n', arguments: [{ name: 'n', type: 'MESSAGE_BODY', key: 'n' }] },
      result: { type: 'ATTRIBUTE', key: 'm' },
    },
    instead: (ports, work) => {
      ports.attributes.save = work
    },
  },
  'gps geofencing events': {
    factory: gpsGeofencingEventsHandler,
    config: square,
    message: { metadata: { latitude: '1', longitude: '1' } },
    instead: (ports, work) => {
      ports.attributes.save = work
    },
  },
}

describe.each(Object.entries(subjects))('%s', (_name, { factory, config, message, instead }) => {
  const run = (count: number, ports: Ports) =>
    runNode({
      ...{ manifest: factory.manifest, factory, config, ports, labels: ['Failure'] },
      messages: Array.from({ length: count }, (_, n) => testMessage({ data: `{"n":${n}}`, ...message })),
    })

  it('asks each port once for a batch', async () => {
    const { ports } = recordingPorts(given)
    const calls = new Map<string, number>()
    const counted = Object.fromEntries(
      Object.entries(ports).map(([port, methods]) => [
        port,
        Object.fromEntries(
          Object.entries(methods).map(([name, method]) => [
            name,
            typeof method !== 'function'
              ? method
              : (...args: never[]) => {
                  calls.set(`${port}.${name}`, (calls.get(`${port}.${name}`) ?? 0) + 1)
                  return Reflect.apply(method, methods, args)
                },
          ]),
        ),
      ]),
    )
    await run(100, { ...ports, ...counted })
    calls.delete('clock.now')
    expect(calls.size).toBeGreaterThan(0)
    expect([...calls].filter(([, times]) => times !== 1)).toEqual([])
  })

  it('settles nothing while the database is away, even with Failure wired', async () => {
    const { ports } = recordingPorts(given)
    instead(ports, () => Promise.reject(new AppError('DATABASE_UNAVAILABLE')))
    await expect(run(2, ports)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  })

  it('fails messages with the reason when a change is refused', async () => {
    const { ports } = recordingPorts(given)
    instead(ports, () => Promise.reject(new AppError('ARGUMENT_INVALID', 'not like this')))
    const { left } = await run(2, ports)
    expect(left.map(({ by }) => by)).toEqual(['Failure', 'Failure'])
  })
})

test('math functions of all chains take turns by originator, geofencing events by node', async () => {
  const turns: [string, readonly string[]][] = []
  const { ports } = recordingPorts(given)
  ports.turns.take = (place, ids, work) => {
    turns.push([place, ids])
    return work()
  }
  for (const name of ['math function', 'gps geofencing events'] as const) {
    const subject = subjects[name]
    if (!subject) throw new Error(name)
    const { factory, config, message } = subject
    const messages = [testMessage({ data: '{"n":1}', ...message })]
    await runNode({ manifest: factory.manifest, factory, config, ports, messages, labels: [] })
  }
  expect(turns).toEqual([
    ['math', [device.id]],
    ['geofencing_node-1', [device.id]],
  ])
})
