import { spawnSync } from 'node:child_process'
import { findProgram, type SystemPackage } from './system-packages.ts'

/**
 * Programs of other makers that tests speak with: clients for the device APIs, brokers for rule nodes. Where one is missing,
 * its tests say so and are left out.
 */
export type DeviceClient = SystemPackage

const isPaho = (python: string): boolean => spawnSync(python, ['-c', 'import paho.mqtt.client']).status === 0

/** The Python that has the library: a machine may have several. */
const pythonWithPaho = (): string | undefined => {
  const named = process.env.PAHO_PYTHON
  const candidates = named ? [named] : ['/usr/bin/python3', findProgram(['python3'])]
  return candidates.find((python) => python !== undefined && isPaho(python))
}

const otherwise = 'leave it out: the tests that use it are not run then'

export const deviceClients = {
  mosquitto: {
    label: 'the clients of Mosquitto',
    programs: ['mosquitto_pub'],
    packages: { apt: 'mosquitto-clients', dnf: 'mosquitto', apk: 'mosquitto-clients', brew: 'mosquitto' },
    otherwise,
  },
  paho: {
    label: 'Eclipse Paho for Python',
    programs: [],
    find: pythonWithPaho,
    packages: { apt: 'python3-paho-mqtt', dnf: 'python3-paho-mqtt', apk: 'py3-paho-mqtt' },
    otherwise,
  },
  coap: {
    label: 'coap-client of libcoap',
    programs: ['coap-client', 'coap-client-notls', 'coap-client-openssl', 'coap-client-gnutls'],
    packages: { apt: 'libcoap3-bin', brew: 'libcoap' },
    otherwise,
  },
  curl: {
    label: 'curl',
    programs: ['curl'],
    packages: { apt: 'curl', dnf: 'curl', apk: 'curl', brew: 'curl' },
    otherwise,
  },
  mosquittoBroker: {
    label: 'the broker Mosquitto',
    programs: ['mosquitto'],
    packages: { apt: 'mosquitto', dnf: 'mosquitto', apk: 'mosquitto', brew: 'mosquitto' },
    otherwise,
  },
  rabbitmq: {
    label: 'RabbitMQ',
    programs: ['rabbitmq-server'],
    packages: { apt: 'rabbitmq-server', dnf: 'rabbitmq-server', brew: 'rabbitmq' },
    otherwise,
  },
} as const satisfies Record<string, DeviceClient>

/** Where the client is, if it is there. */
export const findDeviceClient = (client: DeviceClient): string | undefined =>
  client.find ? client.find() : findProgram(client.programs)
