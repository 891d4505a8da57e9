import { accessCookie, partialCookie, refreshCookie, refreshCookiePath } from '@thingwire/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedPair, SignedToken } from './tokens.ts'

/**
 * TLS usually ends at a proxy in front of us, which says so in this header. A client that forges it harms itself alone:
 * its browser would not send the cookies back over plain HTTP.
 */
const cameOverTls = (request: FastifyRequest): boolean =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'

const base = (request: FastifyRequest) => ({ httpOnly: true, sameSite: 'lax', secure: cameOverTls(request) }) as const

export const setSessionCookies = (request: FastifyRequest, reply: FastifyReply, pair: SignedPair): void => {
  reply.setCookie(accessCookie, pair.access.token, {
    ...base(request),
    path: '/',
    expires: new Date(pair.access.expiresAtMs),
  })
  reply.setCookie(refreshCookie, pair.refresh.token, {
    ...base(request),
    path: refreshCookiePath,
    expires: new Date(pair.refresh.expiresAtMs),
  })
  reply.clearCookie(partialCookie, { ...base(request), path: partialCookiePath })
}

/**
 * For a visitor in a frame of another site: a cookie of that site's frames alone. It is not renewed; the public link leads in
 * again. Browsers take it over TLS, and from the own machine.
 */
export const setFrameCookie = (reply: FastifyReply, { access }: SignedPair): void => {
  reply.setCookie(accessCookie, access.token, {
    ...{ httpOnly: true, sameSite: 'none', secure: true, partitioned: true, path: '/' },
    expires: new Date(access.expiresAtMs),
  })
}

/** Pages have no use for it, so it is not sent with them. */
const partialCookiePath = '/api'

/** For the steps between the password and the session; a session that was open before is none any more. */
export const setPartialCookie = (request: FastifyRequest, reply: FastifyReply, token: SignedToken): void => {
  clearSessionCookies(request, reply)
  reply.setCookie(partialCookie, token.token, {
    ...base(request),
    path: partialCookiePath,
    expires: new Date(token.expiresAtMs),
  })
}

export const clearSessionCookies = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.clearCookie(accessCookie, { ...base(request), path: '/' })
  reply.clearCookie(refreshCookie, { ...base(request), path: refreshCookiePath })
  reply.clearCookie(partialCookie, { ...base(request), path: partialCookiePath })
}
