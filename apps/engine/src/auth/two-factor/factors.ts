import type { AccountTwoFaSettings, TwoFaAccountConfig, TwoFaProviderType } from '@thingwire/contracts'
import { twoFaProviderTypes } from '@thingwire/contracts'
import { z } from 'zod'

const useByDefault = z.boolean().default(false)

/** The second factors of one account as they are stored. */
export const storedFactorsSchema = z.object({
  configs: z
    .object({
      TOTP: z.object({ useByDefault, authUrl: z.string() }).optional(),
      SMS: z.object({ useByDefault, phoneNumber: z.string() }).optional(),
      EMAIL: z.object({ useByDefault, email: z.string() }).optional(),
      BACKUP_CODE: z.object({ useByDefault }).optional(),
    })
    .default({}),
  /** The last time step whose TOTP code was accepted. */
  totpStep: z.number().optional(),
  backupCodes: z.object({ salt: z.string(), hashes: z.array(z.string()) }).optional(),
})
export type StoredFactors = z.infer<typeof storedFactorsSchema>

/** Those that are set up, in the order of the providers. */
export const typesOf = ({ configs }: StoredFactors): TwoFaProviderType[] =>
  twoFaProviderTypes.filter((type) => configs[type] !== undefined)

/** As their owner gets to see them: never the codes, only how many are left. */
export const toAccountSettings = (
  factors: StoredFactors,
  offered: readonly TwoFaProviderType[],
): AccountTwoFaSettings => {
  const { TOTP, SMS, EMAIL, BACKUP_CODE } = factors.configs
  const all: { [T in TwoFaProviderType]?: TwoFaAccountConfig | undefined } = {
    TOTP: TOTP && { providerType: 'TOTP', ...TOTP },
    SMS: SMS && { providerType: 'SMS', ...SMS },
    EMAIL: EMAIL && { providerType: 'EMAIL', ...EMAIL },
    BACKUP_CODE: BACKUP_CODE && {
      providerType: 'BACKUP_CODE',
      ...BACKUP_CODE,
      codesLeft: factors.backupCodes?.hashes.length ?? 0,
    },
  }
  const shown: AccountTwoFaSettings['configs'] = {}
  for (const type of twoFaProviderTypes) {
    const config = all[type]
    if (config && offered.includes(type)) shown[type] = config
  }
  return { configs: shown }
}

/** Exactly one factor is used by default, as long as there is any. */
export const withOneDefault = (factors: StoredFactors, preferred: TwoFaProviderType | null): StoredFactors => {
  const types = typesOf(factors)
  const current = types.find((type) => factors.configs[type]?.useByDefault)
  const chosen = preferred ?? current ?? types[0]
  const { TOTP, SMS, EMAIL, BACKUP_CODE } = factors.configs
  const flag = (type: TwoFaProviderType) => ({ useByDefault: type === chosen })
  return {
    ...factors,
    configs: {
      ...(TOTP && { TOTP: { ...TOTP, ...flag('TOTP') } }),
      ...(SMS && { SMS: { ...SMS, ...flag('SMS') } }),
      ...(EMAIL && { EMAIL: { ...EMAIL, ...flag('EMAIL') } }),
      ...(BACKUP_CODE && { BACKUP_CODE: { ...BACKUP_CODE, ...flag('BACKUP_CODE') } }),
    },
  }
}

/** Without this one. Backup codes alone are no factor: they go with the last other one. */
export const without = (factors: StoredFactors, type: TwoFaProviderType): StoredFactors => {
  const gone: TwoFaProviderType[] = [type]
  const left = typesOf(factors).filter((one) => one !== type)
  if (left.length === 1 && left[0] === 'BACKUP_CODE') gone.push('BACKUP_CODE')
  const { backupCodes, totpStep } = factors
  const { TOTP, SMS, EMAIL, BACKUP_CODE } = factors.configs
  const keeps = (one: TwoFaProviderType) => !gone.includes(one)
  return withOneDefault(
    {
      ...(totpStep !== undefined && { totpStep }),
      ...(backupCodes && keeps('BACKUP_CODE') && { backupCodes }),
      configs: {
        ...(TOTP && keeps('TOTP') && { TOTP }),
        ...(SMS && keeps('SMS') && { SMS }),
        ...(EMAIL && keeps('EMAIL') && { EMAIL }),
        ...(BACKUP_CODE && keeps('BACKUP_CODE') && { BACKUP_CODE }),
      },
    },
    null,
  )
}

/** Enough of an address to recognise it: `jo*****@example.org`, `+4915******89`. */
export const masked = (contact: string): string => {
  const at = contact.lastIndexOf('@')
  if (at > 0) {
    const shown = Math.min(2, at - 1)
    return `${contact.slice(0, shown)}${'*'.repeat(at - shown)}${contact.slice(at)}`
  }
  if (contact.length <= 6) return '*'.repeat(contact.length)
  return `${contact.slice(0, 3)}${'*'.repeat(contact.length - 5)}${contact.slice(-2)}`
}
