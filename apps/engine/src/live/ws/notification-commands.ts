import { noErrors } from './answers.ts'
import type { WsSession } from './ws-session.ts'

/**
 * The inbox of the user. Nothing makes notifications yet, so it is empty and stays so; clients that ask get the answers
 * that they wait for.
 */
export const notifications = (session: WsSession, { cmdId }: { cmdId: number }) => {
  if (!session.add('notifications', cmdId, { close: () => {} })) return
  const inbox = { notifications: [], update: null, totalUnreadCount: 0, sequenceNumber: 1 }
  session.reply(cmdId, { cmdId, ...noErrors, cmdUpdateType: 'NOTIFICATIONS', ...inbox })
}

export const notificationCount = (session: WsSession, { cmdId }: { cmdId: number }) => {
  if (!session.add('notifications', cmdId, { close: () => {} })) return
  const count = { totalUnreadCount: 0, sequenceNumber: 1 }
  session.reply(cmdId, { cmdId, ...noErrors, cmdUpdateType: 'NOTIFICATIONS_COUNT', ...count })
}
