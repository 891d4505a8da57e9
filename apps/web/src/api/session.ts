import type { Answer } from '@thingwire/api-client'
import type { TwoFaProviderType } from '@thingwire/contracts'
import { api } from './http.ts'

export type SessionView = Answer<'GET /api/session'>
export type UserView = SessionView['user']
/** A sign-in that still lacks a step: the code of a second factor, or setting one up. */
export type PendingView = Exclude<Answer<'POST /api/session'>, SessionView>
export type ProviderView = Answer<'GET /api/session/2fa/providers'>[number]

export const isPending = (answer: SessionView | PendingView): answer is PendingView => 'scope' in answer

export const getSession = (signal?: AbortSignal) => api('GET /api/session', { signal })

export const signIn = (body: { username: string; password: string }) => api('POST /api/session', { body })

/** Comes in by a public link, as somebody who may look at what is public. */
export const enterPublicly = (publicId: string, isFramed = false) =>
  api('POST /api/session/public', { body: { publicId, isFramed } })

export const signOut = () => api('DELETE /api/session')

export const getSignInInfo = () => api('GET /api/noauth/sign-in-info')

/** Ways to take the second step of signing in. */
export const listProviders = (signal?: AbortSignal) => api('GET /api/session/2fa/providers', { signal })

export const sendCode = (providerType: TwoFaProviderType) =>
  api('POST /api/session/2fa/send', { body: { providerType } })

export const verifyCode = (providerType: TwoFaProviderType, verificationCode: string) =>
  api('POST /api/session/2fa/verify', { body: { providerType, verificationCode } })

/** Goes on once the demanded second factor is set up. */
export const finishSetup = () => api('POST /api/session/2fa/login')
