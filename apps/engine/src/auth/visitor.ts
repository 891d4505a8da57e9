import type { FastifyRequest } from 'fastify'
import { parseUserAgent } from './user-agent.ts'

/** Where a sign-in comes from. */
export type Visitor = { address: string; userAgent: string | undefined }

export const visitorOf = (request: FastifyRequest): Visitor => ({
  address: request.ip,
  userAgent: request.headers['user-agent'],
})

/** `actionData` of LOGIN, LOGOUT and LOCKOUT. */
export const visitorData = ({ address, userAgent }: Visitor) => ({
  clientAddress: address,
  ...parseUserAgent(userAgent),
})
