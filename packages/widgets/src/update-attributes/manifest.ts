import { z } from 'zod'
import { fieldKinds } from '../engines/form/field.ts'
import { color, flag, list, number, oneOf, optionalNumber, optionalText, text, icon } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'
import { upgradeSingle } from './upgrade.ts'

const targets = ['server', 'shared', 'timeseries'] as const

/** Code as files carry it: text, or text with imports. */
const code = z
  .union([z.string(), z.looseObject({ body: z.string() })])
  .nullable()
  .catch(null)
  .default(null)

const keyShape = {
  dataKeyType: z.enum(targets).nullable().catch(null).default(null),
  dataKeyValueType: z.enum(fieldKinds).nullable().catch(null).default(null),
  isEditable: z.enum(['editable', 'disabled', 'readonly']).nullable().catch(null).default(null),
  required: flag(false),
  dataKeyHidden: flag(false),
  disabledOnDataKey: optionalText(),
  step: optionalNumber(),
  minValue: optionalNumber(),
  maxValue: optionalNumber(),
  selectOptions: list(z.object({ value: optionalText(), label: text('') })),
  radioColor: color(),
  requiredErrorMessage: text(''),
  invalidDateErrorMessage: text(''),
  invalidJsonErrorMessage: text(''),
  minValueErrorMessage: text(''),
  maxValueErrorMessage: text(''),
  useCustomIcon: flag(false),
  icon: icon(''),
  customIcon: optionalText({ title: 'Icon of a picture', editor: 'picture', when: { useCustomIcon: [true] } }),
  useGetValueFunction: flag(false),
  getValueFunctionBody: code,
  useSetValueFunction: flag(false),
  setValueFunctionBody: code,
  /** Members of files from before there were kinds of values. */
  inputTypeNumber: flag(false),
  readOnly: flag(false),
}

const keySettings = z.object(keyShape)
export type UpdateKeySettings = z.output<typeof keySettings>
export const readUpdateKey = (settings: unknown): UpdateKeySettings =>
  keySettings.parse(typeof settings === 'object' && settings !== null ? settings : {})

/** What widgets for one value of one kind are in today's terms; it holds for all of their keys. */
const single = z
  .object({
    // Without these it is none.
    dataKeyType: z.enum(targets),
    dataKeyValueType: z.enum(fieldKinds),
    required: flag(false),
    label: text(''),
    minValue: optionalNumber(),
    maxValue: optionalNumber(),
    minLength: optionalNumber(),
    maxLength: optionalNumber(),
    requiredErrorMessage: text(''),
    trueValue: text(''),
    falseValue: text(''),
  })
  .nullable()
  .catch(null)
  .default(null)

const settings = z.object({
  showActionButtons: flag(true),
  updateAllValues: flag(false),
  saveButtonLabel: text(''),
  resetButtonLabel: text(''),
  showResultMessage: flag(true),
  showGroupTitle: flag(false),
  groupTitle: text('${entityName}'),
  fieldsAlignment: oneOf(['row', 'column'], 'row'),
  fieldsInRow: number(2),
  columnGap: number(10),
  rowGap: number(5),
  attributesShared: flag(false),
  single,
})
export type UpdateAttributesSettings = z.output<typeof settings>

const kinds = ['string', 'integer', 'double', 'boolean']

export const updateAttributes = defineWidget({
  type: 'update-attributes',
  fqns: [
    'input_widgets.update_multiple_attributes',
    ...kinds.flatMap((kind) => [
      `input_widgets.update_server_${kind}_attribute`,
      `input_widgets.update_shared_${kind}_attribute`,
      `input_widgets.update_${kind}_timeseries`,
    ]),
    'input_widgets.update_server_date_attribute',
    'input_widgets.update_shared_date_attribute',
    'input_widgets.update_json_attribute',
  ],
  name: 'Update attributes',
  description: 'A form that shows attributes and newest values of entities and writes them.',
  data: 'latest',
  values: ['units'],
  settings,
  keySettings,
  upgrade: upgradeSingle,
  size: { columns: 8, rows: 5, minColumns: 4, minRows: 2 },
})
