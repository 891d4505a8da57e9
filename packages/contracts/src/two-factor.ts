import { z } from 'zod'
import { uuidSchema } from './ids.ts'

export const twoFaProviderTypes = ['TOTP', 'SMS', 'EMAIL', 'BACKUP_CODE'] as const
export const twoFaProviderTypeSchema = z.enum(twoFaProviderTypes)
export type TwoFaProviderType = z.infer<typeof twoFaProviderTypeSchema>

// biome-ignore lint/suspicious/noTemplateCurlyInString: the place in the template that the code goes to
const codePlace = '${code}'
const lifetime = z.number().int().min(1).max(86_400).default(120)

/** What the platform offers as a second factor; lifetimes in seconds. */
export const twoFaProviderConfigSchema = z.discriminatedUnion('providerType', [
  z.object({ providerType: z.literal('TOTP'), issuerName: z.string().trim().min(1).max(100).default('Thingwire') }),
  z.object({
    providerType: z.literal('SMS'),
    verificationCodeLifetime: lifetime,
    /** Carries the code where `${code}` stands. */
    smsVerificationMessageTemplate: z
      .string()
      .max(1_000)
      .includes(codePlace, { message: `SMS verification message template should contain ${codePlace}!` })
      .default(`Verification code: ${codePlace}`),
  }),
  z.object({ providerType: z.literal('EMAIL'), verificationCodeLifetime: lifetime }),
  z.object({ providerType: z.literal('BACKUP_CODE'), codesQuantity: z.number().int().min(1).max(50).default(10) }),
])
export type TwoFaProviderConfig = z.infer<typeof twoFaProviderConfigSchema>

const ids = z.array(uuidSchema).max(1_000).nullable().default(null)

/** Of whom a second factor is demanded. */
export const enforcedUsersFilterSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ALL_USERS') }),
  z.object({ type: z.literal('SYSTEM_ADMINISTRATORS') }),
  /** Both lists empty or null: those of every tenant. */
  z.object({ type: z.literal('TENANT_ADMINISTRATORS'), tenantsIds: ids, tenantProfilesIds: ids }),
])
export type EnforcedUsersFilter = z.infer<typeof enforcedUsersFilterSchema>

/** `/api/2fa/settings`; times in seconds. */
export const platformTwoFaSettingsSchema = z
  .object({
    providers: z
      .array(twoFaProviderConfigSchema)
      .max(twoFaProviderTypes.length)
      .refine((providers) => new Set(providers.map(({ providerType }) => providerType)).size === providers.length, {
        message: 'Each provider may be listed once!',
      }),
    minVerificationCodeSendPeriod: z.number().int().min(5).max(86_400),
    /** `checks:seconds`; null or empty: the built-in one. */
    verificationCodeCheckRateLimit: z
      .string()
      .regex(/^$|^[1-9]\d{0,5}:[1-9]\d{0,5}$/, 'Verification code check rate limit is invalid!')
      .nullable()
      .default(null),
    /** Null or 0: wrong codes never lock an account. */
    maxVerificationFailuresBeforeUserLockout: z.number().int().min(0).max(1_000_000).nullable().default(null),
    totalAllowedTimeForVerification: z.number().int().min(60).max(86_400).nullable().default(1_800),
    enforceTwoFa: z.boolean().nullable().default(false),
    enforcedUsersFilter: enforcedUsersFilterSchema.nullable().default(null),
  })
  .refine(
    ({ enforceTwoFa, providers }) => !enforceTwoFa || providers.some((one) => one.providerType !== 'BACKUP_CODE'),
    {
      message: 'At least one 2FA provider is required if enforcing is enabled!',
    },
  )
export type PlatformTwoFaSettings = z.infer<typeof platformTwoFaSettingsSchema>

const useByDefault = z.boolean().default(false)

/** A factor of one account, as `generate` drafts it and clients send it back. */
export const twoFaAccountConfigSchema = z.discriminatedUnion('providerType', [
  z.object({
    providerType: z.literal('TOTP'),
    useByDefault,
    authUrl: z.string().max(1_000).startsWith('otpauth://totp/', 'TOTP auth URL is invalid!'),
  }),
  z.object({
    providerType: z.literal('SMS'),
    useByDefault,
    phoneNumber: z.string().regex(/^\+[1-9]\d{1,14}$/, 'Phone number is not of E.164 format'),
  }),
  z.object({ providerType: z.literal('EMAIL'), useByDefault, email: z.email('Email is invalid').max(255) }),
  z.object({
    providerType: z.literal('BACKUP_CODE'),
    useByDefault,
    /** Only in the answer of `generate` and in the request that keeps them. */
    codes: z
      .array(z.string().regex(/^[a-z0-9]{8,32}$/, 'Backup code is invalid!'))
      .max(50)
      .optional(),
    codesLeft: z.number().int().optional(),
  }),
])
export type TwoFaAccountConfig = z.infer<typeof twoFaAccountConfigSchema>

/** A draft of `generate`: what is still to be filled in by its user is null. */
export const twoFaAccountDraftSchema = z.discriminatedUnion('providerType', [
  z.object({ providerType: z.literal('TOTP'), useByDefault, authUrl: z.string() }),
  z.object({ providerType: z.literal('SMS'), useByDefault, phoneNumber: z.string().nullable() }),
  z.object({ providerType: z.literal('EMAIL'), useByDefault, email: z.string().nullable() }),
  z.object({
    providerType: z.literal('BACKUP_CODE'),
    useByDefault,
    codes: z.array(z.string()),
    codesLeft: z.number().int(),
  }),
])
export type TwoFaAccountDraft = z.infer<typeof twoFaAccountDraftSchema>

/** `GET /api/2fa/account/settings`: the factors of the caller, by provider. */
export const accountTwoFaSettingsSchema = z.object({
  configs: z.partialRecord(twoFaProviderTypeSchema, twoFaAccountConfigSchema),
})
export type AccountTwoFaSettings = z.infer<typeof accountTwoFaSettingsSchema>

export const twoFaConfigUpdateSchema = z.object({ useByDefault: z.boolean() })

/** A factor that can be used for signing in; the contact is masked. The period is in seconds. */
export const twoFaProviderInfoSchema = z.object({
  type: twoFaProviderTypeSchema,
  default: z.boolean(),
  contact: z.string().nullable(),
  minVerificationCodeSendPeriod: z.number().nullable(),
})
export type TwoFaProviderInfo = z.infer<typeof twoFaProviderInfoSchema>

/** Bodies of POST /api/session/2fa/send and /verify. */
export const twoFaSendSchema = z.object({ providerType: twoFaProviderTypeSchema })
export const twoFaVerifySchema = z.object({
  providerType: twoFaProviderTypeSchema,
  verificationCode: z.string().min(1).max(100),
})
