import { defineHandler } from '@thingwire/rules'
import { unfit } from '../outbound/external-node.ts'
import { protocolVersions } from '../outbound/mqtt-settings.ts'
import { clientIdOf, publishingNode } from '../outbound/publishing.ts'
import { pemFiles } from '../outbound/settings.ts'
import { mqtt } from './manifest.ts'

const noFiles = { ca: null, cert: null, key: null, passphrase: null }

export const mqttHandler = defineHandler(mqtt, (config, context) => {
  const { host, port, credentials } = config
  if (host.trim() === '') throw unfit('host: the node does not know where the broker is')
  const clientId = clientIdOf(config, context)
  const files = credentials.type === 'cert.PEM' ? pemFiles(credentials) : noFiles
  const client = context.ports.outbound.open(
    'mqtt',
    {
      host: host.trim(),
      port,
      connectTimeoutMs: config.connectTimeoutSec * 1_000,
      clientId,
      cleanSession: config.cleanSession,
      protocolVersion: protocolVersions[config.protocolVersion],
      tls: config.ssl ? files : null,
      login: credentials.type === 'basic' ? { username: credentials.username, password: credentials.password } : null,
      azure: null,
    },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return publishingNode(context, config, client)
})
