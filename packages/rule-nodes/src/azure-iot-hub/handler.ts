import { defineHandler } from '@thingwire/rules'
import { unfit } from '../outbound/external-node.ts'
import { protocolVersions } from '../outbound/mqtt-settings.ts'
import { clientIdOf, publishingNode } from '../outbound/publishing.ts'
import { pemFiles } from '../outbound/settings.ts'
import { azureIotHub } from './manifest.ts'

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

export const azureIotHubHandler = defineHandler(azureIotHub, (config, context) => {
  const { host, credentials } = config
  if (!/^[a-z0-9.-]+$/i.test(host.trim())) throw unfit(`host: "${host}" is no name of a hub`)
  const clientId = clientIdOf(config, context)
  if (clientId === null) throw unfit('clientId: the hub knows devices by their ids')
  const sasKey = credentials.type === 'sas' ? credentials.sasKey : null
  if (sasKey !== null && !base64.test(sasKey)) throw unfit('credentials.sasKey: a key in base64 is expected')
  const files =
    credentials.type === 'anonymous' ? { ca: null, cert: null, key: null, passphrase: null } : pemFiles(credentials)
  const client = context.ports.outbound.open(
    'mqtt',
    {
      host: host.trim(),
      // A hub listens nowhere else, and keeps nothing for its devices.
      port: 8_883,
      cleanSession: true,
      connectTimeoutMs: config.connectTimeoutSec * 1_000,
      clientId,
      protocolVersion: protocolVersions[config.protocolVersion],
      tls: sasKey === null ? files : { ca: files.ca, cert: null, key: null, passphrase: null },
      login: null,
      azure: { sasKey },
    },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return publishingNode(context, config, client)
})
