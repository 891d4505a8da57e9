import type { NodeCase } from '../node-case.ts'

const sas = { type: 'sas', sasKey: 'c2VjcmV0', caCert: null, cert: null, privateKey: null, password: null }
const config = { host: 'hub.azure-devices.net', clientId: 'hall', credentials: sas }

export const cases: NodeCase[] = [
  {
    title: 'publishes to the events of its device, always by TLS on port 8883 and with a clean session',
    config: {
      ...config,
      topicPattern: 'devices/hall/messages/events/',
      port: 1_883,
      cleanSession: false,
      ssl: false,
    },
    messages: [{ data: '{"a":1}' }],
    leaves: [{ by: 'Success', data: '{"a":1}' }],
    sent: [{ kind: 'mqtt', request: { topic: 'devices/hall/messages/events/', payload: '{"a":1}' } }],
    opened: [
      {
        host: 'hub.azure-devices.net',
        port: 8_883,
        cleanSession: true,
        clientId: 'hall',
        protocolVersion: 4,
        tls: { ca: null, cert: null, key: null, passphrase: null },
        login: null,
        azure: { sasKey: 'c2VjcmV0' },
      },
    ],
  },
  {
    title: 'shows a certificate instead of a key',
    config: { ...config, credentials: { type: 'cert.PEM', caCert: 'ca', cert: 'c', privateKey: 'k', password: null } },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ tls: { ca: 'ca', cert: 'c', key: 'k', passphrase: null }, azure: { sasKey: null } }],
  },
  {
    title: 'trusts an authority of its own beside the key',
    config: { ...config, credentials: { ...sas, caCert: 'ca' } },
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [{ tls: { ca: 'ca', cert: null } }],
  },
  {
    title: 'fails a message that the hub does not take',
    config,
    messages: [{ metadata: {} }],
    answersOutside: [new Error('mqtts://hub.azure-devices.net:8883: Connection refused: Not authorized')],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'mqtts://hub.azure-devices.net:8883: Connection refused: Not authorized' },
        error: 'mqtts://hub.azure-devices.net:8883: Connection refused: Not authorized',
      },
    ],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'fails a message whose data is no JSON, since the topic is a pattern',
    config,
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start with the host that new nodes have',
    config: { clientId: 'hall', credentials: sas },
    leaves: [],
    refuses: 'host: "<iot-hub-name>.azure-devices.net" is no name of a hub',
  },
  {
    title: 'does not start without the id of a device',
    config: { ...config, clientId: null },
    leaves: [],
    refuses: 'clientId: the hub knows devices by their ids',
  },
  {
    title: 'does not start with a key that is none',
    config: { ...config, credentials: { ...sas, sasKey: null } },
    leaves: [],
    refuses: 'credentials.sasKey: a key in base64 is expected',
  },
]
