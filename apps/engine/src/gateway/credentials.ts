import { createHash } from 'node:crypto'
import type { DeviceSessionInfo } from '@thingwire/db'
import { z } from 'zod'
import type { DeviceCredentialsOffer } from '../transports/transport.ts'

/** Finds credentials by their platform-wide id; null when there are none. */
export type ResolveCredentials = (credentialsId: string) => Promise<DeviceSessionInfo | null>

export type Authenticated = { info: DeviceSessionInfo; credentialsId: string }

/** Stored value of MQTT_BASIC credentials; a field left empty is not checked. */
const mqttBasicSchema = z.object({
  clientId: z.string().nullish(),
  userName: z.string().nullish(),
  password: z.string().nullish(),
})

export const sha3 = (text: string): string => createHash('sha3-256').update(text).digest('hex')

const matchesBasic = (
  stored: string | null,
  offer: { clientId: string; userName: string | null; password: string | null },
): boolean => {
  let parsed: unknown
  try {
    parsed = JSON.parse(stored ?? '')
  } catch {
    return false
  }
  const value = mqttBasicSchema.safeParse(parsed)
  if (!value.success) return false
  const { clientId, userName, password } = value.data
  if (!clientId && !userName) return false
  return (
    (!clientId || clientId === offer.clientId) &&
    (!userName || userName === offer.userName) &&
    (!password || password === offer.password)
  )
}

const longestCredentialsId = 1_000

/** No stored credential looks like this, and the store could not even be asked for it. */
const isImpossible = (text: string | null): boolean =>
  text !== null && (text.length > longestCredentialsId || text.includes('\0') || !text.isWellFormed())

/** The authentication order of ThingsBoard; null is a refusal. Certificates: certificate-access.ts. */
export const authenticate = async (
  offer: Exclude<DeviceCredentialsOffer, { kind: 'x509' }>,
  resolve: ResolveCredentials,
): Promise<Authenticated | null> => {
  if (isImpossible(offer.kind === 'access-token' ? offer.token : offer.userName)) return null
  if (offer.kind === 'access-token') {
    const info = await resolve(offer.token)
    return info?.credentialsType === 'ACCESS_TOKEN' ? { info, credentialsId: offer.token } : null
  }
  const { clientId, userName } = offer
  if (!userName) {
    if (!clientId) return null
    const credentialsId = sha3(clientId)
    const info = await resolve(credentialsId)
    return info?.credentialsType === 'MQTT_BASIC' && matchesBasic(info.credentialsValue, offer)
      ? { info, credentialsId }
      : null
  }
  if (clientId) {
    const credentialsId = sha3(`${clientId}|${userName}`)
    const both = await resolve(credentialsId)
    if (both?.credentialsType === 'MQTT_BASIC')
      return matchesBasic(both.credentialsValue, offer) ? { info: both, credentialsId } : null
  }
  const info = await resolve(userName)
  if (info?.credentialsType === 'ACCESS_TOKEN') return { info, credentialsId: userName }
  if (info?.credentialsType === 'MQTT_BASIC' && matchesBasic(info.credentialsValue, offer))
    return { info, credentialsId: userName }
  return null
}
