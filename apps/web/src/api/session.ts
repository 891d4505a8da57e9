import { command, request } from './http.ts'
import { sessionSchema, signInInfoSchema } from './schemas.ts'

export const getSession = (signal?: AbortSignal) => request('/api/session', sessionSchema, { signal })

export const signIn = (credentials: { username: string; password: string }) =>
  request('/api/session', sessionSchema, { method: 'POST', body: credentials })

export const signOut = () => command('/api/session', { method: 'DELETE' })

export const getSignInInfo = () => request('/api/noauth/sign-in-info', signInInfoSchema)
