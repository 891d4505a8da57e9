import type { NodeCase } from '../node-case.ts'

const requestUUID = '55555555-5555-4555-8555-555555555555'

export const cases: NodeCase[] = [
  {
    title: 'sends the command of a message; its answer goes on later',
    messages: [{ data: '{"method":"setValve","params":{"open":true}}', metadata: { requestUUID } }],
    leaves: [],
    rpcs: [
      {
        requestId: requestUUID,
        method: 'setValve',
        params: '{"open":true}',
        isOneway: false,
        isPersistent: false,
        expirationTime: 61_000,
        originServiceId: null,
      },
    ],
  },
  {
    title: 'sends a command that came by REST with what its caller wanted',
    messages: [
      {
        type: 'RPC_CALL_FROM_SERVER_TO_DEVICE',
        data: '{"method":"reboot","params":"{}","additionalInfo":{"by":"me"}}',
        metadata: {
          requestUUID,
          originServiceId: 'engine-1',
          expirationTime: '5000',
          oneway: 'true',
          persistent: 'true',
          retries: '3',
        },
      },
    ],
    leaves: [],
    rpcs: [
      {
        params: '{}',
        isOneway: true,
        isPersistent: true,
        expirationTime: 5_000,
        retries: 3,
        additionalInfo: '{"by":"me"}',
        originServiceId: 'engine-1',
      },
    ],
  },
  {
    title: 'a message about something else than a device takes Failure',
    messages: [
      {
        data: '{"method":"m","params":1}',
        originator: { entityType: 'ASSET', id: '66666666-6666-4666-8666-666666666666' },
      },
    ],
    leaves: [{ by: 'Failure', error: 'The originator is not a device' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'a message without method or params takes Failure',
    messages: [{ data: '{"params":1}' }, { data: '{"method":"m"}' }, { data: 'no json' }],
    leaves: [
      { by: 'Failure', error: 'The message has no method' },
      { by: 'Failure', error: 'The message has no params' },
      { by: 'Failure', error: 'The message has no method' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
]
