import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { AwsSettings } from '@thingwire/rules'
import type { SystemDeps } from '../system-client.ts'

/** Attempts of the client itself at what AWS asks to repeat. */
const attempts = 2

/** What these clients would tell a console is for nobody here. */
const say = () => {}
const logger = { trace: say, debug: say, info: say, warn: say, error: say }

/** Options that all clients of AWS have in common; every connection they make goes by the guard. */
export const awsOptions = (
  { accessKeyId, secretAccessKey, region }: AwsSettings,
  { guard, addressOf, timeoutMs }: SystemDeps,
  limits: { connectionTimeoutMs?: number; requestTimeoutMs?: number } = {},
) => {
  const endpoint = addressOf('aws')
  const agent = { keepAlive: true, lookup: guard.lookup }
  return {
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: attempts,
    logger,
    ...(endpoint !== '' && { endpoint }),
    requestHandler: {
      connectionTimeout: Math.min(limits.connectionTimeoutMs || 10_000, timeoutMs),
      requestTimeout: Math.min(limits.requestTimeoutMs || timeoutMs, timeoutMs),
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    },
  }
}
