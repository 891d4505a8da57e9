import { AppError, entityId } from '@thingwire/contracts'
import type { NodeHandlerFactory, Ports } from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { describe, expect, it } from 'vitest'
import { changeOriginatorHandler } from '../change-originator/handler.ts'
import { customerAttributesHandler } from '../customer-attributes/handler.ts'
import { customerDetailsHandler } from '../customer-details/handler.ts'
import { deviceProfileSwitchHandler } from '../device-profile-switch/handler.ts'
import { recordingPorts, runNode } from '../node-harness.ts'
import { originatorAttributesHandler } from '../originator-attributes/handler.ts'
import { originatorFieldsHandler } from '../originator-fields/handler.ts'
import { relatedDeviceAttributesHandler } from '../related-device-attributes/handler.ts'
import { relatedEntityDataHandler } from '../related-entity-data/handler.ts'
import { tenantAttributesHandler } from '../tenant-attributes/handler.ts'
import { tenantDetailsHandler } from '../tenant-details/handler.ts'

const customer = entityId('CUSTOMER', 'aaaaaaaa-0000-4000-8000-000000000001')
const hall = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000002')
const meter = entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000003')
const devices = Array.from({ length: 200 }, (_, n) =>
  entityId('DEVICE', `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`),
)
const world = {
  entities: [
    ...devices.map((id) => ({ id, customerId: customer.id, profileName: 'default', shown: { name: id.id } })),
    { id: customer, customerId: customer.id, shown: { title: 'Plant' } },
    { id: meter, profileName: 'default' },
    { id: entityId('TENANT', testIds.tenant), shown: { title: 'Works' } },
  ],
  relations: devices.flatMap((from) => [
    { from, to: hall, type: 'Contains' },
    { from, to: meter, type: 'Contains' },
  ]),
}
const keys = { serverAttributeNames: ['a'], latestTsKeyNames: ['t'], tellFailureIfAbsent: false }

/** With the calls of ports that a batch may cost. */
const nodes: [name: string, factory: NodeHandlerFactory, config: Record<string, unknown>, most: number][] = [
  ['originator attributes', originatorAttributesHandler, keys, 2],
  ['related device attributes', relatedDeviceAttributesHandler, keys, 4],
  ['customer attributes', customerAttributesHandler, {}, 2],
  ['tenant attributes', tenantAttributesHandler, {}, 1],
  ['related entity data', relatedEntityDataHandler, {}, 2],
  ['originator fields', originatorFieldsHandler, {}, 1],
  ['customer details', customerDetailsHandler, { detailsList: ['TITLE'] }, 2],
  ['tenant details', tenantDetailsHandler, { detailsList: ['TITLE'] }, 1],
  ['device profile switch', deviceProfileSwitchHandler, {}, 1],
  ['change originator', changeOriginatorHandler, { originatorSource: 'RELATED' }, 1],
]

/** All reads of nodes, each counted and failing when it is told to. */
const watched = (ports: Ports, isAway: () => boolean) => {
  const seen = { calls: 0 }
  const watch = <P extends object>(port: P): P =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          seen.calls++
          return isAway() ? Promise.reject(new AppError('DATABASE_UNAVAILABLE')) : Reflect.apply(member, target, given)
        }
      },
    })
  const { entities, relations, attributes, telemetry } = ports
  return {
    seen,
    ports: {
      ...ports,
      ...{ entities: watch(entities), relations: watch(relations) },
      ...{ attributes: watch(attributes), telemetry: watch(telemetry) },
    },
  }
}

describe.each(nodes)('%s', (_, factory, config, most) => {
  const run = (isAway: () => boolean) => {
    const { ports, seen } = watched(recordingPorts(world).ports, isAway)
    const messages = devices.map((originator) => testMessage({ originator }))
    const labels = ['Success', 'default', 'Failure']
    return { seen, ran: runNode({ manifest: factory.manifest, factory, config, messages, ports, labels }) }
  }

  it('asks once for all messages of a batch', async () => {
    const { ran, seen } = run(() => false)
    const { left } = await ran
    expect(left.map(({ by }) => by).filter((by) => by === 'Failure')).toEqual([])
    expect(left).toHaveLength(devices.length)
    expect(seen.calls).toBeGreaterThan(0)
    expect(seen.calls).toBeLessThanOrEqual(most)
  })

  it('lets the batch run again when the store is away, and fails no message', async () => {
    const { ran } = run(() => true)
    await expect(ran).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  })
})
