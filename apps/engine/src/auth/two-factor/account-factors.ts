import {
  type AccountTwoFaSettings,
  AppError,
  type PlatformTwoFaSettings,
  type TwoFaAccountConfig,
  type TwoFaAccountDraft,
  type TwoFaProviderConfig,
  type TwoFaProviderType,
  type User,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { hashBackupCodes, newBackupCodes } from './backup-codes.ts'
import type { CodeDelivery } from './code-delivery.ts'
import { offeredTypes } from './enforcement.ts'
import {
  type StoredFactors,
  storedFactorsSchema,
  toAccountSettings,
  typesOf,
  without,
  withOneDefault,
} from './factors.ts'
import type { PlatformTwoFa } from './platform-settings.ts'
import type { SecondFactorChecks } from './second-factor-checks.ts'
import type { SentCodes } from './sent-codes.ts'
import { newTotpUrl, parseTotpUrl, totpStepOf } from './totp.ts'

/** The factors of an account as its owner sets them up. */
export type AccountFactors = {
  /** What the platform offers. */
  offered(): Promise<TwoFaProviderType[]>
  /** Null: none is set up. */
  settings(userId: string): Promise<AccountTwoFaSettings | null>
  /** A draft with a new secret, new codes, or the address to confirm. Nothing is stored. */
  generate(user: User, type: TwoFaProviderType): Promise<TwoFaAccountDraft>
  /** Sends the code that confirms an address, and checks whatever else there is to check. */
  submit(user: User, config: TwoFaAccountConfig): Promise<void>
  /** Keeps a factor that its code proves. */
  save(user: User, config: TwoFaAccountConfig, code: string | undefined): Promise<AccountTwoFaSettings>
  setDefault(userId: string, type: TwoFaProviderType, useByDefault: boolean): Promise<AccountTwoFaSettings>
  remove(userId: string, type: TwoFaProviderType): Promise<AccountTwoFaSettings>
}

type ProviderOf<T extends TwoFaProviderType> = Extract<TwoFaProviderConfig, { providerType: T }>
type ConfigOf<T extends TwoFaProviderType> = Extract<TwoFaAccountConfig, { providerType: T }>

const isConfigured = '2FA provider is already configured'
const isNotConfigured = '2FA provider is not configured'
const isIncorrect = 'Verification code is incorrect'

export const createAccountFactors = (deps: {
  platform: Pick<PlatformTwoFa, 'get'>
  twoFactor: Database['twoFactor']
  sentCodes: SentCodes
  deliver: CodeDelivery
  checks: SecondFactorChecks
  now: () => number
}): AccountFactors => {
  const { twoFactor } = deps

  const requirePlatform = async (): Promise<PlatformTwoFaSettings> => {
    const platform = await deps.platform.get()
    if (!platform) throw new AppError('ARGUMENT_INVALID', '2FA is not configured')
    return platform
  }

  const read = async (userId: string): Promise<StoredFactors | null> => {
    const stored = await twoFactor.find(userId)
    return stored && storedFactorsSchema.parse(stored)
  }

  /** Changes what stands; again from the start when somebody else changed it meanwhile. */
  const change = async (userId: string, edit: (factors: StoredFactors) => StoredFactors) => {
    for (;;) {
      const stored = await twoFactor.find(userId)
      const next = edit(storedFactorsSchema.parse(stored ?? {}))
      const isEmpty = typesOf(next).length === 0
      if (stored === null && isEmpty) return next
      if (await twoFactor.replace(userId, stored, isEmpty ? null : next)) return next
    }
  }

  const shown = async (factors: StoredFactors) => toAccountSettings(factors, offeredTypes(await deps.platform.get()))

  /** Proves that the code came out of the new factor; answers the TOTP step that is used up by that. */
  const prove = async (user: User, config: Exclude<TwoFaAccountConfig, ConfigOf<'BACKUP_CODE'>>, code = '') => {
    await deps.checks.count(user.id.id)
    const userId = user.id.id
    switch (config.providerType) {
      case 'TOTP': {
        parseTotpUrl(config.authUrl)
        const totpStep = totpStepOf(config.authUrl, code, deps.now())
        if (totpStep === null) throw new AppError('ARGUMENT_INVALID', isIncorrect)
        return { totpStep }
      }
      case 'SMS':
      case 'EMAIL': {
        const contact = contactOf(config)
        if (await deps.sentCodes.take({ userId, provider: config.providerType }, contact, code)) return {}
        throw new AppError('ARGUMENT_INVALID', isIncorrect)
      }
    }
  }

  const saveBackupCodes = async (user: User, config: ConfigOf<'BACKUP_CODE'>, provider: ProviderOf<'BACKUP_CODE'>) => {
    const codes = config.codes ?? []
    if (new Set(codes).size !== provider.codesQuantity || codes.length !== provider.codesQuantity)
      throw new AppError('ARGUMENT_INVALID', 'Backup codes are invalid!')
    const backupCodes = await hashBackupCodes(codes)
    return change(user.id.id, (factors) => {
      if (typesOf(factors).every((type) => type === 'BACKUP_CODE'))
        throw new AppError('ARGUMENT_INVALID', 'Backup codes need another 2FA provider to be configured first')
      const { useByDefault } = config
      return withOneDefault(
        { ...factors, backupCodes, configs: { ...factors.configs, BACKUP_CODE: { useByDefault } } },
        useByDefault ? 'BACKUP_CODE' : null,
      )
    })
  }

  return {
    offered: async () => offeredTypes(await deps.platform.get()),

    settings: async (userId) => {
      const factors = await read(userId)
      return factors && typesOf(factors).length > 0 ? shown(factors) : null
    },

    generate: async (user, type) => {
      const provider = requireProvider(await requirePlatform(), type)
      const useByDefault = false
      switch (provider.providerType) {
        case 'TOTP':
          return { providerType: 'TOTP', useByDefault, authUrl: newTotpUrl(provider.issuerName, user.email) }
        case 'SMS':
          return { providerType: 'SMS', useByDefault, phoneNumber: user.phone }
        case 'EMAIL':
          return { providerType: 'EMAIL', useByDefault, email: user.email }
        case 'BACKUP_CODE': {
          const codes = newBackupCodes(provider.codesQuantity)
          return { providerType: 'BACKUP_CODE', useByDefault, codes, codesLeft: codes.length }
        }
      }
    },

    submit: async (user, config) => {
      const platform = await requirePlatform()
      const provider = requireProvider(platform, config.providerType)
      if (config.providerType === 'TOTP') parseTotpUrl(config.authUrl)
      if (provider.providerType !== 'SMS' && provider.providerType !== 'EMAIL') return
      if (config.providerType !== 'SMS' && config.providerType !== 'EMAIL') return
      const pauseSeconds = platform.minVerificationCodeSendPeriod
      await deps.deliver(user.id.id, provider, { contact: contactOf(config), pauseSeconds })
    },

    save: async (user, config, code) => {
      const provider = requireProvider(await requirePlatform(), config.providerType)
      if (config.providerType === 'BACKUP_CODE') {
        if (provider.providerType !== 'BACKUP_CODE') throw new Error('the provider is not that of the config')
        return shown(await saveBackupCodes(user, config, provider))
      }
      const requireNew = (factors: StoredFactors | null) => {
        if (factors?.configs[config.providerType]) throw new AppError('ARGUMENT_INVALID', isConfigured)
      }
      // Before the proof, which uses the code up; and again with what stands when it is written.
      requireNew(await read(user.id.id))
      const proof = await prove(user, config, code)
      const { providerType, ...kept } = config
      const factors = await change(user.id.id, (before) => {
        requireNew(before)
        const configs = { ...before.configs, [providerType]: kept }
        return withOneDefault(
          storedFactorsSchema.parse({ ...before, ...proof, configs }),
          config.useByDefault ? providerType : null,
        )
      })
      return shown(factors)
    },

    setDefault: async (userId, type, useByDefault) => {
      const factors = await change(userId, (before) => {
        if (!before.configs[type]) throw new AppError('ARGUMENT_INVALID', isNotConfigured)
        const others = typesOf(before).filter((one) => one !== type)
        return withOneDefault(before, useByDefault ? type : (defaultOf(before, type) ?? others[0] ?? type))
      })
      return shown(factors)
    },

    remove: async (userId, type) => {
      const factors = await change(userId, (before) => {
        if (!before.configs[type]) throw new AppError('ARGUMENT_INVALID', isNotConfigured)
        return without(before, type)
      })
      return shown(factors)
    },
  }
}

/** The factor that is used by default, unless it is the excluded one. */
const defaultOf = (factors: StoredFactors, excluded: TwoFaProviderType): TwoFaProviderType | undefined =>
  typesOf(factors).find((type) => type !== excluded && factors.configs[type]?.useByDefault)

export const contactOf = (config: ConfigOf<'SMS'> | ConfigOf<'EMAIL'>): string =>
  config.providerType === 'SMS' ? config.phoneNumber : config.email

/** Throws 400 for what the platform does not offer. */
export const requireProvider = (platform: PlatformTwoFaSettings, type: TwoFaProviderType): TwoFaProviderConfig => {
  const provider = platform.providers.find(({ providerType }) => providerType === type)
  if (!provider) throw new AppError('ARGUMENT_INVALID', '2FA provider is not available')
  return provider
}
