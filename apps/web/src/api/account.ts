import type { Answer } from '@thingwire/api-client'
import type { TwoFaAccountConfig, TwoFaProviderType } from '@thingwire/contracts'
import { api } from './http.ts'
import type { UserView } from './session.ts'

export type PasswordPolicy = Answer<'GET /api/noauth/userPasswordPolicy'>
export type FactorDraft = Answer<'POST /api/2fa/account/config/generate'>
export type FactorsView = Answer<'GET /api/2fa/account/settings'>
export type ApiKeyView = Answer<'GET /api/apiKeys/{userId}'>['data'][number]

export const getPasswordPolicy = (signal?: AbortSignal) => api('GET /api/noauth/userPasswordPolicy', { signal })

/** Takes an account into use with the token of its mail. */
export const activate = (activateToken: string, password: string) =>
  api('POST /api/noauth/activate', { body: { activateToken, password } })

/** Answers alike whether the account exists or not. */
export const requestReset = (email: string) => api('POST /api/noauth/resetPasswordByEmail', { body: { email } })

export const resetPassword = (resetToken: string, password: string) =>
  api('POST /api/noauth/resetPassword', { body: { resetToken, password } })

export const changePassword = (currentPassword: string, newPassword: string) =>
  api('POST /api/session/password', { body: { currentPassword, newPassword } })

export type Profile = { firstName: string; lastName: string; phone: string }

export const saveProfile = ({ userCredentialsEnabled: _, userActivated: __, ...user }: UserBody, profile: Profile) =>
  api('POST /api/user', {
    query: { sendActivationMail: false },
    body: {
      ...user,
      firstName: profile.firstName || null,
      lastName: profile.lastName || null,
      phone: profile.phone || null,
    },
  })
type UserBody = UserView & { userCredentialsEnabled?: unknown; userActivated?: unknown }

export const listFactorTypes = (signal?: AbortSignal) => api('GET /api/2fa/providers', { signal })

export const getFactors = (signal?: AbortSignal) => api('GET /api/2fa/account/settings', { signal })

export const draftFactor = (providerType: TwoFaProviderType) =>
  api('POST /api/2fa/account/config/generate', { query: { providerType } })

/** Sends the code that proves the address of the draft. */
export const submitFactor = (body: TwoFaAccountConfig) => api('POST /api/2fa/account/config/submit', { body })

export const keepFactor = (body: TwoFaAccountConfig, verificationCode?: string) =>
  api('POST /api/2fa/account/config', { body, query: { verificationCode } })

export const removeFactor = (providerType: TwoFaProviderType) =>
  api('DELETE /api/2fa/account/config', { query: { providerType } })

export const preferFactor = (providerType: TwoFaProviderType) =>
  api('PUT /api/2fa/account/config', { query: { providerType }, body: { useByDefault: true } })

export const listApiKeys = (userId: string, signal?: AbortSignal) =>
  api('GET /api/apiKeys/{userId}', {
    path: { userId },
    query: { pageSize: 100, page: 0, sortProperty: 'createdTime', sortOrder: 'DESC' },
    signal,
  })

/** `expirationTime` epoch ms; 0: never. The key itself is in this answer only. */
export const createApiKey = async (user: UserView, description: string, expirationTime: number) => {
  const made = await api('POST /api/apiKey', { body: { userId: user.id, description, expirationTime, enabled: true } })
  if (!('value' in made)) throw new TypeError('The answer holds no key')
  return made
}

export const enableApiKey = (id: string, isEnabled: boolean) =>
  api('PUT /api/apiKey/{id}/enabled/{enabledValue}', { path: { id, enabledValue: String(isEnabled) } })

export const deleteApiKey = (id: string) => api('DELETE /api/apiKey/{id}', { path: { id } })
