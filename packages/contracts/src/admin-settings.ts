import { z } from 'zod'
import { uuidSchema } from './ids.ts'

/** Forms send numbers and flags as texts; stored documents have both. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .nullish()
  .transform((value) => value ?? false)
const port = z.coerce.number().int().min(1).max(65_535)
const optionalText = z.string().max(1_000).nullish()

export const smtpProtocols = ['smtp', 'smtps'] as const
export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const

/** Settings `mail`: the server that mails are handed to (as ThingsBoard). Members that are not named here are kept. */
export const mailSettingsSchema = z.looseObject({
  mailFrom: z
    .string({ error: 'Mail From should be specified!' })
    .trim()
    .min(1, 'Mail From should be specified!')
    .max(500),
  smtpProtocol: z.enum(smtpProtocols).default('smtp'),
  smtpHost: z
    .string({ error: 'SMTP host should be specified!' })
    .trim()
    .min(1, 'SMTP host should be specified!')
    .max(255),
  smtpPort: port.default(25),
  /** Milliseconds. */
  timeout: z.coerce.number().int().min(100).max(300_000).default(10_000),
  /** STARTTLS is required; without it the connection stays as it begins. */
  enableTls: flag,
  tlsVersion: z
    .union([z.enum(tlsVersions), z.literal('')])
    .nullish()
    .transform((version) => version || 'TLSv1.2'),
  username: optionalText,
  password: optionalText,
  enableProxy: flag,
  proxyHost: optionalText,
  proxyPort: z.union([port, z.literal('')]).nullish(),
  proxyUser: optionalText,
  proxyPassword: optionalText,
})
export type MailSettings = z.output<typeof mailSettingsSchema>

/** Settings `general`: where people reach the platform. Links in mails begin with it. */
export const generalSettingsSchema = z.looseObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'Base URL should be a http or https address!' })
    .max(1_000)
    .transform((url) => url.replace(/\/+$/, '')),
  /** Links never begin with the address of a request. */
  prohibitDifferentUrl: flag,
})
export type GeneralSettings = z.output<typeof generalSettingsSchema>

const adminSettingsId = z.object({ entityType: z.literal('ADMIN_SETTINGS'), id: z.guid() })

/** A setting of the system by its key (as ThingsBoard). */
export const adminSettingsSchema = z.object({
  id: adminSettingsId,
  createdTime: z.number(),
  tenantId: z.object({ entityType: z.literal('TENANT'), id: z.guid() }),
  key: z.string(),
  jsonValue: z.unknown(),
})
export type AdminSettings = z.infer<typeof adminSettingsSchema>

export const saveAdminSettingsSchema = z.object({
  id: z.object({ id: uuidSchema }).nullish(),
  key: z.string({ error: 'Key should be specified!' }).trim().min(1, 'Key should be specified!').max(255),
  jsonValue: z.record(z.string(), z.unknown(), { error: 'Json value should be specified!' }),
})
export type SaveAdminSettings = z.infer<typeof saveAdminSettingsSchema>

/** `/api/admin/updates` */
export const updateMessageSchema = z.object({
  updateAvailable: z.boolean(),
  currentVersion: z.string(),
  latestVersion: z.string(),
  upgradeInstructionsUrl: z.string().nullable(),
  currentVersionReleaseNotesUrl: z.string().nullable(),
  latestVersionReleaseNotesUrl: z.string().nullable(),
})
export type UpdateMessage = z.infer<typeof updateMessageSchema>

/** `/api/admin/systemInfo`: usages in percent, totals in bytes. */
export const systemInfoSchema = z.object({
  monolith: z.boolean(),
  systemData: z.array(
    z.object({
      serviceId: z.string(),
      serviceType: z.string(),
      cpuUsage: z.number(),
      cpuCount: z.number(),
      memoryUsage: z.number(),
      totalMemory: z.number(),
      discUsage: z.number(),
      totalDiscSpace: z.number(),
    }),
  ),
})
export type SystemInfo = z.infer<typeof systemInfoSchema>

/** `/api/admin/featuresInfo`: what is set up. */
export const featuresInfoSchema = z.object({
  emailEnabled: z.boolean(),
  smsEnabled: z.boolean(),
  oauthEnabled: z.boolean(),
  twoFaEnabled: z.boolean(),
  notificationEnabled: z.boolean(),
})
export type FeaturesInfo = z.infer<typeof featuresInfoSchema>
