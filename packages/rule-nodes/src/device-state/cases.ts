import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const asset = { entityType: 'ASSET', id: '66666666-6666-4666-8666-666666666666' } as const

const noEvent =
  'Invalid configuration of "device state": event: Invalid option: expected one of "CONNECT_EVENT"|"DISCONNECT_EVENT"|"ACTIVITY_EVENT"|"INACTIVITY_EVENT"'

export const cases: NodeCase[] = [
  {
    title: 'reports the time of the message, and passes it on',
    messages: [{ metadata: { ts: '1500' }, data: '{"a":1}' }],
    leaves: [{ by: 'Success', data: '{"a":1}' }],
    reported: [{ deviceId: testIds.device, event: 'ACTIVITY_EVENT', atMs: 1_500 }],
  },
  {
    title: 'without a time in the metadata, that of the message counts',
    config: { event: 'CONNECT_EVENT' },
    messages: [{ metadata: {} }],
    leaves: [{ by: 'Success' }],
    reported: [{ deviceId: testIds.device, event: 'CONNECT_EVENT', atMs: 1_000 }],
  },
  {
    title: 'reports disconnection',
    config: { event: 'DISCONNECT_EVENT' },
    leaves: [{ by: 'Success' }],
    reported: [{ deviceId: testIds.device, event: 'DISCONNECT_EVENT', atMs: 1_000 }],
  },
  {
    title: 'reports silence',
    config: { event: 'INACTIVITY_EVENT' },
    leaves: [{ by: 'Success' }],
    reported: [{ deviceId: testIds.device, event: 'INACTIVITY_EVENT', atMs: 1_000 }],
  },
  {
    title: 'a device that was reported too often is let through another way',
    limitedDevices: [testIds.device],
    leaves: [{ by: 'Rate limited' }],
  },
  {
    title: 'what is no device fails, and takes no neighbour along',
    messages: [{ originator: asset }, {}],
    leaves: [{ by: 'Failure', error: 'The originator is no device but of type ASSET' }, { by: 'Success' }],
    outcomes: ['dead-lettered', 'finished'],
    reported: [{ deviceId: testIds.device, event: 'ACTIVITY_EVENT', atMs: 1_000 }],
  },
  {
    title: 'a device that is deleted, or of another tenant, fails',
    missingDevices: [testIds.device],
    leaves: [{ by: 'Failure', error: `Device with id [${testIds.device}] doesn't exist!` }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'an event that there is not keeps the node from starting',
    config: { event: 'OTHER_EVENT' },
    leaves: [],
    refuses: noEvent,
  },
  { title: 'no event keeps the node from starting', config: { event: null }, leaves: [], refuses: noEvent },
]
