import { errorFields, type Logger } from '../observability/logger.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import type { OpenSession } from './session-registry.ts'

export type DeviceCommands = {
  /** Writes what waits for the device to those of its sessions that listen. */
  deliver(session: OpenSession): Promise<void>
  wake(sessions: readonly OpenSession[]): void
}

/** A connection takes everything that waits, a poll the first one only. */
const mostAtOnce = 1_000

export const createDeviceCommands = (options: {
  desk: Pick<RpcDesk, 'claim' | 'delivered'>
  logger: Logger
}): DeviceCommands => {
  const { desk, logger } = options

  const deliver = async (session: OpenSession): Promise<void> => {
    if (!session.onCommand) return
    const limit = session.peer.lifetime === 'poll' ? 1 : mostAtOnce
    for (const rpc of await desk.claim(session.deviceId, limit)) {
      const { number, method, params } = rpc
      const acknowledged = session.onCommand?.({ id: number, method, params }) ?? Promise.resolve(false)
      desk.delivered(rpc, acknowledged).catch((error: unknown) => {
        logger.warn({ deviceId: session.deviceId, ...errorFields(error) }, 'the state of a command was not kept')
      })
    }
  }

  return {
    deliver,
    wake: (sessions) => {
      for (const session of sessions)
        deliver(session).catch((error: unknown) => {
          logger.warn({ deviceId: session.deviceId, ...errorFields(error) }, 'commands were not delivered')
        })
    },
  }
}
