import { saveDeviceProfileSchema, type SaveDeviceProfile } from '@thingwire/contracts'
import type { ProfileView } from '@/api/device-profiles.ts'

/** What the page edits, flat; topic filters are one to a line. */
export type ProfileForm = {
  name: string
  description: string
  ruleChainId: string
  queueName: string
  firmwareId: string
  softwareId: string
  transportType: ProfileView['transportType']
  telemetryTopic: string
  attributesTopic: string
  attributesSubscribeTopic: string
  acknowledgesInvalid: boolean
  provisionType: ProfileView['provisionType']
  provisionKey: string
  provisionSecret: string
  certificate: string
  namePattern: string
  createsByCertificate: boolean
  isSpaceOpen: boolean
  publishFilters: string
  subscribeFilters: string
  /** The list of rules as JSON: a field is one value, so that two states of it can be compared. */
  alarmRules: string
}
export type ProfileField = keyof ProfileForm

/** Which tab of the page a field stands on. */
export const tabOf: Record<ProfileField, 'general' | 'transport' | 'provisioning' | 'topicSpace' | 'alarmRules'> = {
  name: 'general',
  description: 'general',
  ruleChainId: 'general',
  queueName: 'general',
  firmwareId: 'general',
  softwareId: 'general',
  transportType: 'transport',
  telemetryTopic: 'transport',
  attributesTopic: 'transport',
  attributesSubscribeTopic: 'transport',
  acknowledgesInvalid: 'transport',
  provisionType: 'provisioning',
  provisionKey: 'provisioning',
  provisionSecret: 'provisioning',
  certificate: 'provisioning',
  namePattern: 'provisioning',
  createsByCertificate: 'provisioning',
  isSpaceOpen: 'topicSpace',
  publishFilters: 'topicSpace',
  subscribeFilters: 'topicSpace',
  alarmRules: 'alarmRules',
}

export const defaultTopics = {
  telemetry: 'v1/devices/me/telemetry',
  attributes: 'v1/devices/me/attributes',
} as const
const wholeName = '(.*)'

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const textOf = (value: unknown, fallback = ''): string => (typeof value === 'string' && value ? value : fallback)
const textsOf = (value: unknown): string =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').join('\n') : ''
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const rulesText = (data: Record<string, unknown>): string =>
  JSON.stringify(Array.isArray(data.alarms) ? data.alarms : [])

export const toForm = (profile: ProfileView): ProfileForm => {
  const data = recordOf(profile.profileData)
  const transport = recordOf(data.transportConfiguration)
  const provision = recordOf(data.provisionConfiguration)
  const space = recordOf(data.topicSpace)
  const secret = textOf(provision.provisionDeviceSecret)
  const isChain = profile.provisionType === 'X509_CERTIFICATE_CHAIN'
  return {
    name: profile.name,
    description: profile.description ?? '',
    ruleChainId: profile.defaultRuleChainId?.id ?? '',
    queueName: profile.defaultQueueName ?? '',
    firmwareId: profile.firmwareId?.id ?? '',
    softwareId: profile.softwareId?.id ?? '',
    transportType: profile.transportType,
    telemetryTopic: textOf(transport.deviceTelemetryTopic, defaultTopics.telemetry),
    attributesTopic: textOf(transport.deviceAttributesTopic, defaultTopics.attributes),
    attributesSubscribeTopic: textOf(transport.deviceAttributesSubscribeTopic, defaultTopics.attributes),
    acknowledgesInvalid: transport.sendAckOnValidationException === true,
    provisionType: profile.provisionType,
    provisionKey: isChain ? '' : (profile.provisionDeviceKey ?? ''),
    provisionSecret: isChain ? '' : secret,
    certificate: isChain ? secret : '',
    namePattern: textOf(provision.certificateRegExPattern, wholeName),
    createsByCertificate: provision.allowCreateNewDevicesByX509Certificate === true,
    isSpaceOpen: space.enabled === true,
    publishFilters: textsOf(space.publishFilters),
    subscribeFilters: textsOf(space.subscribeFilters),
    alarmRules: rulesText(data),
  }
}

/** The configuration of a transport as a new profile has it. */
export const transportConfigurationOf = (
  type: ProfileForm['transportType'],
): { type: string } & Record<string, unknown> =>
  type === 'COAP'
    ? {
        type,
        coapDeviceTypeConfiguration: {
          coapDeviceType: 'DEFAULT',
          transportPayloadTypeConfiguration: { transportPayloadType: 'JSON' },
        },
      }
    : { type }

const transportOf = (form: ProfileForm, kept: Record<string, unknown>) => {
  const type = form.transportType
  // Another type is another configuration: only what is of the same type is taken along.
  const known = { ...transportConfigurationOf(type), ...(kept.type === type ? kept : {}), type }
  if (type !== 'MQTT') return known
  return {
    ...known,
    deviceTelemetryTopic: form.telemetryTopic.trim(),
    deviceAttributesTopic: form.attributesTopic.trim(),
    deviceAttributesSubscribeTopic: form.attributesSubscribeTopic.trim(),
    sendAckOnValidationException: form.acknowledgesInvalid,
  }
}

const provisionOf = (form: ProfileForm) => {
  const type = form.provisionType
  switch (type) {
    case 'DISABLED':
      return { type, provisionDeviceSecret: null }
    case 'X509_CERTIFICATE_CHAIN':
      return {
        type,
        provisionDeviceSecret: form.certificate.trim(),
        certificateRegExPattern: form.namePattern.trim() || wholeName,
        allowCreateNewDevicesByX509Certificate: form.createsByCertificate,
      }
    case 'ALLOW_CREATE_NEW_DEVICES':
    case 'CHECK_PRE_PROVISIONED_DEVICES':
      return { type, provisionDeviceSecret: form.provisionSecret.trim() }
  }
}

const hasKey = ({ provisionType }: ProfileForm) =>
  provisionType === 'ALLOW_CREATE_NEW_DEVICES' || provisionType === 'CHECK_PRE_PROVISIONED_DEVICES'

/** The profile to save: what the form says, over everything of `base` that the form does not show. */
export const toBody = (form: ProfileForm, base: ProfileView): SaveDeviceProfile => {
  const data = recordOf(base.profileData)
  const reference = <T extends string>(entityType: T, id: string) => (id ? { entityType, id } : null)
  return {
    ...base,
    name: form.name,
    description: form.description || null,
    defaultRuleChainId: reference('RULE_CHAIN', form.ruleChainId),
    defaultQueueName: form.queueName || null,
    firmwareId: reference('OTA_PACKAGE', form.firmwareId),
    softwareId: reference('OTA_PACKAGE', form.softwareId),
    transportType: form.transportType,
    provisionType: form.provisionType,
    provisionDeviceKey: hasKey(form) ? form.provisionKey.trim() : null,
    profileData: {
      ...data,
      configuration: { type: 'DEFAULT', ...recordOf(data.configuration) },
      transportConfiguration: transportOf(form, recordOf(data.transportConfiguration)),
      provisionConfiguration: provisionOf(form),
      topicSpace: {
        enabled: form.isSpaceOpen,
        publishFilters: lines(form.publishFilters),
        subscribeFilters: lines(form.subscribeFilters),
      },
      ...(form.alarmRules === rulesText(data) ? {} : { alarms: JSON.parse(form.alarmRules) }),
    },
  }
}

/** Fields by the path of the body that they stand for; of a list its path is the beginning. */
const paths: readonly [path: string, field: ProfileField][] = [
  ['name', 'name'],
  ['description', 'description'],
  ['defaultQueueName', 'queueName'],
  ['provisionDeviceKey', 'provisionKey'],
  ['profileData.transportConfiguration.deviceTelemetryTopic', 'telemetryTopic'],
  ['profileData.transportConfiguration.deviceAttributesTopic', 'attributesTopic'],
  ['profileData.transportConfiguration.deviceAttributesSubscribeTopic', 'attributesSubscribeTopic'],
  ['profileData.topicSpace.publishFilters', 'publishFilters'],
  ['profileData.topicSpace.subscribeFilters', 'subscribeFilters'],
  ['profileData.alarms', 'alarmRules'],
]

const fieldAt = (path: string, form: ProfileForm): ProfileField | undefined => {
  if (path === 'profileData.provisionConfiguration.provisionDeviceSecret')
    return form.provisionType === 'X509_CERTIFICATE_CHAIN' ? 'certificate' : 'provisionSecret'
  return paths.find(([known]) => path === known || path.startsWith(`${known}.`))?.[1]
}

export type ProfileProblems = Partial<Record<ProfileField, string>>

/** What the server's own schema finds wrong, by field; `missing` are the words for a field that may not be empty. */
export const problemsOf = (form: ProfileForm, base: ProfileView, missing: string): ProfileProblems => {
  const problems: ProfileProblems = {}
  const note = (field: ProfileField, message: string) => {
    problems[field] ??= message
  }
  if (hasKey(form)) {
    if (!form.provisionKey.trim()) note('provisionKey', missing)
    if (!form.provisionSecret.trim()) note('provisionSecret', missing)
  }
  if (form.provisionType === 'X509_CERTIFICATE_CHAIN' && !form.certificate.trim()) note('certificate', missing)
  const parsed = saveDeviceProfileSchema.safeParse(toBody(form, base))
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldAt(issue.path.join('.'), form) ?? 'name'
    const last = issue.path.at(-1)
    if (typeof last === 'number') note(field, `${issue.message} (${last + 1})`)
    // The message stands beside the field, so the name that the member has in the API would only puzzle.
    else note(field, issue.message.replace(new RegExp(`^${String(last)} `), 'This '))
  }
  return problems
}

/** The field that a refusal of the server is about, by its words; undefined when it is about none of them. */
export const refusedField = (message: string): ProfileField | undefined => {
  if (/pattern|expression/i.test(message)) return 'namePattern'
  if (/certificate/i.test(message)) return 'certificate'
  if (/provision device key/i.test(message)) return 'provisionKey'
  return /such name/i.test(message) ? 'name' : undefined
}
