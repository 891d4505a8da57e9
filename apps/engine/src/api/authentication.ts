import { AppError, accessCookie } from '@thingwire/contracts'
import type { FastifyRequest } from 'fastify'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { Caller, SignIn } from '../auth/sign-in.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The header's token, and nothing when there is neither header: then a cookie may speak. */
const headerToken = (request: FastifyRequest): string | undefined => {
  const header = request.headers['x-authorization'] ?? request.headers.authorization
  if (header === undefined) return undefined
  const [scheme, token] = String(header).trim().split(/\s+/, 2)
  // Keys are not handed out yet, so every key is an unknown one.
  if (scheme?.toLowerCase() === 'apikey' && token) throw new AppError('AUTH_BAD_CREDENTIALS')
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppError('AUTH_REQUIRED')
  return token
}

/** Finds out who calls, before the body is read, and whether the route is for them. */
export const createAuthentication = (signIn: SignIn) => {
  const identify = async (request: FastifyRequest): Promise<Caller> => {
    const token = headerToken(request)
    if (token !== undefined) return signIn.authenticate(token)
    const cookie = request.cookies[accessCookie]
    if (!cookie) throw new AppError('AUTH_REQUIRED')
    const caller = await signIn.authenticate(cookie)
    // Browsers attach cookies to requests of foreign pages; headers they do not.
    if (!safeMethods.has(request.method) && !isSameOrigin(request.headers)) throw new AppError('AUTH_FOREIGN_ORIGIN')
    return caller
  }

  return async (request: FastifyRequest): Promise<void> => {
    const { access } = request.routeOptions.config
    // Routes without a declaration cannot be added; this is the fence behind that one.
    if (!access) throw new AppError('PERMISSION_DENIED')
    if (access === 'public') return
    const caller = await identify(request)
    if (!access.includes(caller.authority)) throw new AppError('PERMISSION_DENIED')
    request.caller = caller
  }
}
