import type { DeviceSessionInfo } from '@thingwire/db'
import type { Held } from '../downlinks/device-holders.ts'
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
  /** Before this time, epoch ms, signs of life say nothing new. */
  nextTouchMs: number
  /** Its place in the order of connections of all nodes; see downlinks/device-holders.ts. */
  heldSince: string | null
  isClosed: boolean
}

export type SessionRegistry = {
  /** Adds a session that wants downlinks. One of a connection ends the one that the device had. */
  add(session: OpenSession): void
  remove(session: OpenSession): void
  /** Also those that only wait for one update, as a long poll does. */
  ofDevice(deviceId: string): readonly OpenSession[]
  all(): Iterable<OpenSession>
  /** What other nodes have to know of the device's sessions here. */
  held(deviceId: string): Held
  devices(): Iterable<string>
  /** A newer connection of the device stands on another node. */
  takenOver(deviceId: string, sessionId: string): void
  endAll(reason: SessionEnd): void
}

/** @param onChange Called when the sessions of a device are others than before. */
export const createSessionRegistry = (onChange: (deviceId: string) => void): SessionRegistry => {
  const byDevice = new Map<string, OpenSession[]>()

  const remove = (session: OpenSession) => {
    const sessions = byDevice.get(session.deviceId)
    const index = sessions?.indexOf(session) ?? -1
    if (!sessions || index < 0) return
    sessions.splice(index, 1)
    if (sessions.length === 0) byDevice.delete(session.deviceId)
    onChange(session.deviceId)
  }

  const end = (session: OpenSession, reason: SessionEnd) => {
    remove(session)
    // One that was opened a moment ago: its transport has yet to say how it ends.
    if (session.onClose) session.onClose(reason)
    else setImmediate(() => session.onClose?.(reason))
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
      onChange(session.deviceId)
    },
    remove,
    ofDevice: (deviceId) => [...(byDevice.get(deviceId) ?? [])],
    all: () => [...byDevice.values()].flat(),
    held: (deviceId) => {
      const sessions = byDevice.get(deviceId)
      return sessions ? (sessions.find(({ peer }) => peer.lifetime === 'connection') ?? 'poll') : null
    },
    devices: () => byDevice.keys(),
    takenOver: (deviceId, sessionId) => {
      const session = byDevice.get(deviceId)?.find(({ id }) => id === sessionId)
      if (session) end(session, 'taken-over')
    },
    endAll: (reason) => {
      for (const session of [...byDevice.values()].flat()) end(session, reason)
    },
  }
}
