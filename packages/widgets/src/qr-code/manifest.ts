import { z } from 'zod'
import { codeElse } from '../settings/code.ts'
import { flag, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const qrCodeSettingsSchema = z.object({
  qrCodeTextPattern: text('${entityName}', {
    title: 'Text',
    hint: '${entityName} and ${key} stand for names and values',
    when: { useQrCodeTextFunction: [false] },
  }),
  useQrCodeTextFunction: flag(false, { title: 'Text by a function' }),
  qrCodeTextFunction: codeElse('', { title: 'Function', args: ['data'], when: { useQrCodeTextFunction: [true] } }),
})

export const qrCode = defineWidget({
  type: 'qr-code',
  fqns: ['cards.qr_code'],
  name: 'QR code',
  description: 'A text with values in it, as a code for cameras.',
  data: 'latest',
  // Texts of files write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: qrCodeSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 4, rows: 4, minColumns: 2, minRows: 2 },
})
