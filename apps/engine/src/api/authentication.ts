import { AppError, accessCookie, partialCookie, partialScopes } from '@thingwire/contracts'
import type { FastifyRequest } from 'fastify'
import { isForPublic } from '../auth/public-calls.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { Caller, PartialCaller, SignIn } from '../auth/sign-in.ts'
import type { Access } from './route.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

type Offer = { scheme: 'bearer' | 'apikey'; value: string }

/** What the header offers, and nothing when there is neither header: then a cookie may speak. */
const headerOffer = (request: FastifyRequest): Offer | undefined => {
  const header = request.headers['x-authorization'] ?? request.headers.authorization
  if (header === undefined) return undefined
  const [name, value] = String(header).trim().split(/\s+/, 2)
  const scheme = name?.toLowerCase()
  if ((scheme !== 'bearer' && scheme !== 'apikey') || !value) throw new AppError('AUTH_REQUIRED')
  return { scheme, value }
}

/** The session's cookie; that of an unfinished sign-in counts only where such callers are expected. */
const cookieToken = (request: FastifyRequest, access: Exclude<Access, 'public'>): string | undefined => {
  const isForPartial = partialScopes.some((scope) => access.includes(scope))
  return request.cookies[accessCookie] || (isForPartial ? request.cookies[partialCookie] : undefined)
}

/** Finds out who calls, before the body is read, and whether the route is for them. */
export const createAuthentication = (signIn: Pick<SignIn, 'identify' | 'authenticateKey'>) => {
  const identify = async (
    request: FastifyRequest,
    access: Exclude<Access, 'public'>,
  ): Promise<Caller | PartialCaller> => {
    const offer = headerOffer(request)
    if (offer) return offer.scheme === 'apikey' ? signIn.authenticateKey(offer.value) : signIn.identify(offer.value)
    const cookie = cookieToken(request, access)
    if (!cookie) throw new AppError('AUTH_REQUIRED')
    const caller = await signIn.identify(cookie)
    // Browsers attach cookies to requests of foreign pages; headers they do not.
    if (!safeMethods.has(request.method) && !isSameOrigin(request.headers)) throw new AppError('AUTH_FOREIGN_ORIGIN')
    return caller
  }

  return async (request: FastifyRequest): Promise<void> => {
    const { config, url = '' } = request.routeOptions
    const { access } = config
    // Routes without a declaration cannot be added; this is the fence behind that one.
    if (!access) throw new AppError('PERMISSION_DENIED')
    if (access === 'public') return
    const caller = await identify(request, access)
    const role = 'partialScope' in caller ? caller.partialScope : caller.authority
    if (!access.includes(role)) throw new AppError('PERMISSION_DENIED')
    if (caller.isPublic && !isForPublic(request.method, url)) throw new AppError('PERMISSION_DENIED')
    request.caller = caller
  }
}
