import { readTenantProfileConfiguration } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { createTransportLimits, type Sender } from './transport-limits.ts'

const device: Sender = { tenantId: 't', deviceId: 'd', isGateway: false, gatewayId: null }
const other: Sender = { ...device, deviceId: 'other' }
const gateway: Sender = { ...device, deviceId: 'g', isGateway: true }
const child = (deviceId: string): Sender => ({ ...device, deviceId, gatewayId: 'g' })

const gateWith = (configuration: object) =>
  createTransportLimits({
    limits: { of: async () => readTenantProfileConfiguration(configuration) },
    now: () => 0,
  }).load('t', 0)

test('a device has a limit of its own, and all of a tenant have one together', async () => {
  const gate = await gateWith({ transportTenantMsgRateLimit: '3:60', transportDeviceMsgRateLimit: '2:60' })
  expect([gate.takeMessage(device), gate.takeMessage(device), gate.takeMessage(device)]).toEqual([true, true, false])
  // The third attempt took from the tenant, whose limit is spent with it.
  expect(gate.takeMessage(other)).toBe(false)
})

test('data counts as one telemetry message, and as many points as it has', async () => {
  const gate = await gateWith({
    transportDeviceTelemetryMsgRateLimit: '2:60',
    transportDeviceTelemetryDataPointsRateLimit: '5:60',
  })
  expect(gate.takeData(device, 6)).toBe(false)
  expect(gate.takeData(device, 5)).toBe(true)
  expect(gate.takeData(device, 0)).toBe(false)
  expect(gate.takeData(other, 5)).toBe(true)
  expect(gate.takeMessage(device)).toBe(true)
})

test('devices behind a gateway have their own limit and share that of the gateway', async () => {
  const gate = await gateWith({
    transportDeviceMsgRateLimit: '1:60',
    transportGatewayMsgRateLimit: '3:60',
    transportGatewayDeviceMsgRateLimit: '2:60',
  })
  expect([1, 2, 3].map(() => gate.takeMessage(child('a')))).toEqual([true, true, false])
  expect(gate.takeMessage(child('b'))).toBe(false)
  // In its own name the gateway is limited as one of its devices.
  expect([1, 2, 3].map(() => gate.takeMessage(gateway))).toEqual([true, true, false])
})

test('limits are remembered until they change or are old', async () => {
  let reads = 0
  const limits = createTransportLimits({
    limits: {
      of: async () => {
        reads++
        return readTenantProfileConfiguration({})
      },
    },
  })
  expect(limits.known('t', 0)).toBeUndefined()
  await Promise.all([limits.load('t', 0), limits.load('t', 0)])
  expect(reads).toBe(1)
  expect(limits.known('t', 59_999)).toBeDefined()
  expect(limits.known('t', 60_000)).toBeUndefined()
  limits.forget()
  expect(limits.known('t', 0)).toBeUndefined()
})

test('what cannot be read limits nobody, and is asked for again soon', async () => {
  const limits = createTransportLimits({
    limits: {
      of: async () => {
        throw new Error('away')
      },
    },
  })
  expect((await limits.load('t', 0)).takeMessage(device)).toBe(true)
  expect(limits.known('t', 4_999)).toBeDefined()
  expect(limits.known('t', 5_000)).toBeUndefined()
})
