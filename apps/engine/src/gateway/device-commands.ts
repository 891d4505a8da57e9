import { errorFields, type Logger } from '../observability/logger.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import type { DeviceCommand } from '../transports/transport.ts'
import type { OpenSession } from './session-registry.ts'

export type DeviceCommands = {
  /** Writes what waits for the device to each of these sessions of it that listens. */
  wake(deviceId: string, sessions: readonly OpenSession[]): void
}

/** A connection takes everything that waits, a poll the first one only. */
const mostAtOnce = 1_000

export const createDeviceCommands = (options: {
  desk: Pick<RpcDesk, 'claim' | 'delivered' | 'putBack'>
  /** Other nodes know where the device is. */
  settled(deviceId: string): Promise<void>
  logger: Logger
}): DeviceCommands => {
  const { desk, logger } = options

  const deliver = async (deviceId: string, sessions: readonly OpenSession[]): Promise<void> => {
    if (!sessions.some(isListening)) return
    // Whoever has a new command keeps it first and then looks where the device is. So one that is not found now is kept
    // after this node was registered, and its word comes here.
    await options.settled(deviceId)
    const listening = sessions.filter(isListening)
    if (listening.length === 0) return
    const limit = listening.every(({ peer }) => peer.lifetime === 'poll') ? 1 : mostAtOnce
    for (const rpc of await desk.claim(deviceId, limit)) {
      const { number: id, method, params } = rpc
      // A poll may have ended while the command was fetched.
      const taken = sessions.filter(isListening).map((session) => send(session, { id, method, params }))
      const done = taken.length > 0 ? desk.delivered(rpc, anyOf(taken)) : desk.putBack(rpc)
      done.catch((error: unknown) => {
        logger.warn({ deviceId, ...errorFields(error) }, 'the state of a command was not kept')
      })
    }
  }

  return {
    wake: (deviceId, sessions) => {
      deliver(deviceId, sessions).catch((error: unknown) => {
        logger.warn({ deviceId, ...errorFields(error) }, 'commands were not delivered')
      })
    },
  }
}

const isListening = ({ onCommand }: OpenSession): boolean => onCommand !== null

const send = (session: OpenSession, command: DeviceCommand): Promise<boolean> =>
  session.onCommand?.(command) ?? Promise.resolve(false)

/** True as soon as one is; false when none is. */
const anyOf = (promises: readonly Promise<boolean>[]): Promise<boolean> =>
  new Promise((resolve) => {
    for (const promise of promises)
      promise.then(
        (isTrue) => isTrue && resolve(true),
        () => {},
      )
    void Promise.allSettled(promises).then(() => resolve(false))
  })
