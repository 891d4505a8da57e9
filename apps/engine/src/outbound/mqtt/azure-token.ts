import { createHmac } from 'node:crypto'

const lifetimeMs = 86_400_000

/**
 * A shared access signature of a device for its hub (Azure's format). The hub ends the connection when it is over, and
 * the next one has a new one.
 */
export const azureToken = (device: { host: string; clientId: string; sasKey: string }, nowMs: number): string => {
  const resource = encodeURIComponent(`${device.host}/devices/${device.clientId}`)
  const expiry = Math.floor((nowMs + lifetimeMs) / 1_000)
  const hmac = createHmac('sha256', Buffer.from(device.sasKey, 'base64'))
  const signature = encodeURIComponent(hmac.update(`${resource}\n${expiry}`).digest('base64'))
  return `SharedAccessSignature sr=${resource}&sig=${signature}&se=${expiry}`
}

/** The version of the hub's interface that is spoken. */
const apiVersion = '2021-04-12'

export const azureUserName = ({ host, clientId }: { host: string; clientId: string }): string =>
  `${host}/${clientId}/?api-version=${apiVersion}`
