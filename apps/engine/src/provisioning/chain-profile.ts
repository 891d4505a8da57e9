import { rootCertificates } from 'node:tls'
import { AppError, type DeviceProfile, type SaveDeviceProfile } from '@thingwire/contracts'
import { z } from 'zod'
import { certificateId, readCertificate } from '../devices/certificates.ts'
import { patternProblem } from './name-pattern.ts'

/** The whole common name. */
const defaultPattern = '(.*)'

const chainConfigurationSchema = z.object({
  certificateRegExPattern: z.string().min(1).catch(defaultPattern),
  allowCreateNewDevicesByX509Certificate: z.boolean().catch(false),
})

/** How a profile takes devices in by the certificates above theirs. */
export const chainConfigurationOf = ({
  profileData,
}: Pick<DeviceProfile, 'profileData'>): z.output<typeof chainConfigurationSchema> =>
  chainConfigurationSchema.parse(profileData.provisionConfiguration ?? {})

const typeOf = ({ provisionType, profileData }: SaveDeviceProfile) =>
  provisionType ?? profileData?.provisionConfiguration?.type

/**
 * A profile that trusts an authority is found by that authority's certificate: its key is made from it (as ThingsBoard).
 * Throws ARGUMENT_INVALID for a certificate or a pattern that no device could ever come by.
 */
export const withChainKey = (profile: SaveDeviceProfile): SaveDeviceProfile => {
  if (typeOf(profile) !== 'X509_CERTIFICATE_CHAIN') return profile
  const configuration = profile.profileData?.provisionConfiguration
  const certificate = readCertificate(configuration?.provisionDeviceSecret ?? null)
  if (!certificate.ca) throw new AppError('ARGUMENT_INVALID', 'The certificate should be one of an authority (CA)!')
  const provisionDeviceKey = certificateId(certificate)
  // Whoever has a certificate of such an authority would be a device of this tenant.
  if (publicRoots().has(provisionDeviceKey))
    throw new AppError('ARGUMENT_INVALID', 'Device profile certificate cannot be well known root CA!')
  const problem = patternProblem(
    chainConfigurationOf({ profileData: { ...noData, ...profile.profileData } }).certificateRegExPattern,
  )
  if (problem) throw new AppError('ARGUMENT_INVALID', problem)
  return { ...profile, provisionDeviceKey }
}

const noData = { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } }

let roots: ReadonlySet<string> | null = null
const publicRoots = (): ReadonlySet<string> => {
  roots ??= new Set(rootCertificates.map((pem) => certificateId(readCertificate(pem))))
  return roots
}
