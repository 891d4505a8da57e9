import type { PayloadType } from '@thingwire/contracts'
import type { SessionSettings } from '../transport.ts'
import { json } from './json/index.ts'
import type { PayloadAdaptor, PayloadFormat } from './payload-format.ts'

/** The formats that are served; profiles may name others, whose devices are told so. */
const formats: Partial<Record<PayloadType, PayloadFormat>> = { JSON: json }

/**
 * The adaptor for a message.
 * @param type What its topic says; null: as the profile says
 * @returns null when the format is not served
 */
export const payloadAdaptor = (
  type: PayloadType | null | undefined,
  settings: SessionSettings,
): PayloadAdaptor | null => formats[type ?? settings.payload]?.adaptor(settings) ?? null

export const notServed = (type: PayloadType | null | undefined, settings: SessionSettings): string =>
  `Payloads of type ${type ?? settings.payload} are not served`
