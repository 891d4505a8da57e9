import type { PrepareRoom } from './room.ts'

/** Users with their settings, activation, mails, settings of the system, and the audit log. */
export const accountsRoom: PrepareRoom = async () => ({
  publicRoutes: ['GET /api/dev/mail', 'GET /api/dev/mail/json', 'GET /api/dev/mail/style.css'],
})
