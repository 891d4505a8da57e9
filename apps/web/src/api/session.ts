import type { Answer } from '@thingwire/api-client'
import { api } from './http.ts'

export type SessionView = Answer<'GET /api/session'>
export type UserView = SessionView['user']

export const getSession = (signal?: AbortSignal) => api('GET /api/session', { signal })

export const signIn = (body: { username: string; password: string }) => api('POST /api/session', { body })

export const signOut = () => api('DELETE /api/session')

export const getSignInInfo = () => api('GET /api/noauth/sign-in-info')
