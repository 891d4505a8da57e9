import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const of = (credentialsType: 'ACCESS_TOKEN' | 'X509_CERTIFICATE' | 'MQTT_BASIC', id: string, value: string | null) => ({
  [testIds.device]: { credentialsType, credentialsId: id, credentialsValue: value },
})
const token = of('ACCESS_TOKEN', 'secret-token', null)
const basic = of('MQTT_BASIC', 'hash', '{"clientId":"c","userName":"u","password":"p"}')

export const cases: NodeCase[] = [
  {
    title: 'adds an access token to the metadata as text',
    credentials: token,
    messages: [{ metadata: { a: 'b' } }],
    leaves: [{ by: 'Success', metadata: { a: 'b', credentialsType: 'ACCESS_TOKEN', credentials: 'secret-token' } }],
  },
  {
    title: 'adds them to the data',
    config: { fetchTo: 'DATA' },
    credentials: token,
    messages: [{ data: '{"t":1.0}' }],
    leaves: [{ by: 'Success', data: '{"t":1.0,"credentialsType":"ACCESS_TOKEN","credentials":"secret-token"}' }],
  },
  {
    title: 'adds the certificate of a device that has one',
    credentials: of('X509_CERTIFICATE', 'fingerprint', 'MIIB…'),
    leaves: [{ by: 'Success', metadata: { credentialsType: 'X509_CERTIFICATE', credentials: 'MIIB…' } }],
  },
  {
    title: 'adds MQTT credentials to the metadata as JSON text',
    credentials: basic,
    leaves: [
      {
        by: 'Success',
        metadata: { credentialsType: 'MQTT_BASIC', credentials: '{"clientId":"c","userName":"u","password":"p"}' },
      },
    ],
  },
  {
    title: 'adds MQTT credentials to the data as an object',
    config: { fetchTo: 'DATA' },
    credentials: basic,
    messages: [{ data: '{}' }],
    leaves: [
      {
        by: 'Success',
        data: '{"credentialsType":"MQTT_BASIC","credentials":{"clientId":"c","userName":"u","password":"p"}}',
      },
    ],
  },
  {
    title: 'fails for an originator that is no device',
    messages: [{ originator: { entityType: 'ASSET', id: testIds.device } }],
    credentials: token,
    leaves: [{ by: 'Failure', error: 'Unsupported originator type: ASSET!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for a deleted device, and for one of another tenant',
    leaves: [{ by: 'Failure', error: `Device ${testIds.device} has no credentials` }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for data that is no object, when it has to add to it',
    config: { fetchTo: 'DATA' },
    credentials: token,
    messages: [{ data: '[]' }],
    leaves: [{ by: 'Failure', error: 'Message body is not an object!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a place to add to',
    config: { fetchTo: null },
    refuses:
      'Invalid configuration of "fetch device credentials": fetchTo: Invalid option: expected one of "DATA"|"METADATA"',
    leaves: [],
  },
]
