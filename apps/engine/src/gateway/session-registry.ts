import type { DeviceSessionInfo } from '@thingwire/db'
import type { Sender } from './transport-limits.ts'
import type { DeviceSession, Peer, SessionEnd, SessionSettings } from '../transports/transport.ts'

/** A session as the gateway knows it: what a transport sees, and what its messages need. */
export type OpenSession = Omit<DeviceSession, 'settings'> & {
  settings: SessionSettings
  /** What its credentials lead to now; null: to nothing any more. */
  readonly find: () => Promise<DeviceSessionInfo | null>
  /** Sessions of devices behind it, while it is that of a gateway; those end with it. */
  readonly children: Set<OpenSession>
  /** The gateway through which it came. */
  readonly parent: OpenSession | null
  readonly peer: Peer
  info: DeviceSessionInfo
  /** Whom the limits of the tenant's profile count it as. */
  readonly sender: Sender
  lastTouchMs: number
  isClosed: boolean
}

export type SessionRegistry = {
  /** Adds a session that wants downlinks. One of a connection ends the one that the device had. */
  add(session: OpenSession): void
  remove(session: OpenSession): void
  /** Also those that only wait for one update, as a long poll does. */
  ofDevice(deviceId: string): readonly OpenSession[]
  all(): Iterable<OpenSession>
  endAll(reason: SessionEnd): void
}

export const createSessionRegistry = (): SessionRegistry => {
  const byDevice = new Map<string, OpenSession[]>()

  const remove = (session: OpenSession) => {
    const sessions = byDevice.get(session.deviceId)
    const index = sessions?.indexOf(session) ?? -1
    if (!sessions || index < 0) return
    sessions.splice(index, 1)
    if (sessions.length === 0) byDevice.delete(session.deviceId)
  }

  const end = (session: OpenSession, reason: SessionEnd) => {
    remove(session)
    session.onClose?.(reason)
  }

  return {
    add: (session) => {
      if (session.peer.lifetime === 'connection') {
        const older = (byDevice.get(session.deviceId) ?? []).filter(({ peer }) => peer.lifetime === 'connection')
        for (const other of older) end(other, 'taken-over')
      }
      const sessions = byDevice.get(session.deviceId)
      if (sessions) sessions.push(session)
      else byDevice.set(session.deviceId, [session])
    },
    remove,
    ofDevice: (deviceId) => [...(byDevice.get(deviceId) ?? [])],
    all: () => [...byDevice.values()].flat(),
    endAll: (reason) => {
      for (const session of [...byDevice.values()].flat()) end(session, reason)
    },
  }
}
