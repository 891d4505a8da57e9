import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { plainText, requiredText } from './plain-text.ts'

export const otaPackageTypes = ['FIRMWARE', 'SOFTWARE'] as const
export type OtaPackageType = (typeof otaPackageTypes)[number]
export const checksumAlgorithms = ['MD5', 'SHA256', 'SHA384', 'SHA512', 'CRC32', 'MURMUR3_32', 'MURMUR3_128'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

const longestName = 255

/** A firmware or software for the devices of one profile; its bytes are loaded apart or lie at a URL. */
export const otaPackageInfoSchema = z.object({
  id: typedId('OTA_PACKAGE'),
  createdTime: z.number(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  tenantId: typedId('TENANT'),
  deviceProfileId: typedId('DEVICE_PROFILE').nullable(),
  type: z.enum(otaPackageTypes),
  title: z.string(),
  name: z.string(),
  version: z.string(),
  tag: z.string().nullable(),
  url: z.string().nullable(),
  hasData: z.boolean(),
  fileName: z.string().nullable(),
  contentType: z.string().nullable(),
  checksumAlgorithm: z.enum(checksumAlgorithms).nullable(),
  checksum: z.string().nullable(),
  /** Bytes. */
  dataSize: z.number().nullable(),
  externalId: typedId('OTA_PACKAGE').nullable(),
})
export type OtaPackageInfo = z.infer<typeof otaPackageInfoSchema>

/** With the bytes, as base64. */
export const otaPackageSchema = otaPackageInfoSchema.extend({ data: z.string().nullable() })

export const saveOtaPackageSchema = z.object({
  id: idOf('OTA_PACKAGE').nullish(),
  deviceProfileId: idOf('DEVICE_PROFILE').nullish(),
  type: z.enum(otaPackageTypes, { error: 'Type should be specified!' }),
  title: requiredText('title', 'OtaPackage title should be specified!'),
  version: requiredText('version', 'OtaPackage version should be specified!'),
  tag: plainText('tag').nullish(),
  /** Old clients send it beside `url`. */
  usesUrl: z.boolean().nullish(),
  isURL: z.boolean().nullish(),
  url: z.string().max(longestName).nullish(),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
})
export type SaveOtaPackage = z.infer<typeof saveOtaPackageSchema>
