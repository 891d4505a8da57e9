import { saveDeviceSchema, type SaveDevice } from '@thingwire/contracts'
import type { DeviceView } from '@/api/entities.ts'
import type { AttributeView } from '@/api/telemetry.ts'
import type { Problems } from '@/components/edit-form.ts'

/** The server attribute that says after how many milliseconds of silence a device is inactive. */
export const timeoutKey = 'inactivityTimeout'

/** What can be set of a device: itself, and the timeout that stands in its attributes (ms; null: that of the installation). */
export type DeviceState = { name: string; version: number; device: DeviceView; timeoutMs: number | null }

/** What the page edits; the timeout is typed in seconds. */
export type SettingsForm = {
  name: string
  label: string
  profileId: string
  description: string
  isGateway: boolean
  timeout: string
}

export const toState = (device: DeviceView, attributes: readonly AttributeView[]): DeviceState => {
  const value = Number(attributes.find(({ key }) => key === timeoutKey)?.value)
  return { name: device.name, version: device.version, device, timeoutMs: value > 0 ? value : null }
}

export const descriptionOf = ({ additionalInfo }: DeviceView): string => {
  const text = additionalInfo?.description
  return typeof text === 'string' ? text : ''
}

export const isGateway = ({ additionalInfo }: DeviceView): boolean => additionalInfo?.gateway === true

export const toForm = ({ device, timeoutMs }: DeviceState): SettingsForm => ({
  name: device.name,
  label: device.label ?? '',
  profileId: device.deviceProfileId.id,
  description: descriptionOf(device),
  isGateway: isGateway(device),
  timeout: timeoutMs === null ? '' : String(timeoutMs / 1_000),
})

/** Seconds as typed, in ms; null when none are. */
export const timeoutOf = ({ timeout }: SettingsForm): number | null =>
  timeout.trim() === '' ? null : Math.round(Number(timeout.trim().replace(',', '.')) * 1_000)

/** The device to save: what the form says, over everything that it does not show. */
export const toBody = (form: SettingsForm, { device }: DeviceState): SaveDevice => {
  const { gateway: _, description: __, ...kept } = device.additionalInfo ?? {}
  const isMoved = form.profileId !== device.deviceProfileId.id
  return {
    ...device,
    name: form.name,
    label: form.label || null,
    deviceProfileId: { entityType: 'DEVICE_PROFILE', id: form.profileId },
    // Packages are made for the devices of one profile.
    ...(isMoved ? { firmwareId: null, softwareId: null } : {}),
    additionalInfo: {
      ...kept,
      ...(form.isGateway ? { gateway: true } : {}),
      ...(form.description ? { description: form.description } : {}),
    },
  }
}

const longestTimeoutMs = 2_147_483_647

/** What the server's own schema finds wrong, by field; `words` are what only this page can say. */
export const problemsOf = (
  form: SettingsForm,
  state: DeviceState,
  words: { timeout: string },
): Problems<SettingsForm> => {
  const problems: Problems<SettingsForm> = {}
  const timeoutMs = timeoutOf(form)
  if (timeoutMs !== null && !(timeoutMs > 0 && timeoutMs <= longestTimeoutMs)) problems.timeout = words.timeout
  const parsed = saveDeviceSchema.safeParse(toBody(form, state))
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = path[0] === 'label' ? 'label' : 'name'
    problems[field] ??= message
  }
  return problems
}

/** The field that a refusal of the server is about, by its words. */
export const refusedField = (message: string): keyof SettingsForm | undefined => {
  if (/such name|device name/i.test(message)) return 'name'
  return /device profile/i.test(message) ? 'profileId' : undefined
}
