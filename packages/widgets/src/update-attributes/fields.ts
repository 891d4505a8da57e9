import { readFunction } from '@thingwire/dashboards'
import type { FieldSpec } from '../engines/form/field.ts'
import type { FormField } from '../engines/form/form-field.ts'
import { keyLabel, newest } from '../format.ts'
import type { WidgetSeries } from '../widget.ts'
import { readUpdateKey, type UpdateAttributesSettings, type UpdateKeySettings } from './manifest.ts'

type Single = NonNullable<UpdateAttributesSettings['single']>

const specOf = (key: UpdateKeySettings, single: Single | null): FieldSpec => ({
  kind: single?.dataKeyValueType ?? key.dataKeyValueType ?? (key.inputTypeNumber ? 'double' : 'string'),
  isRequired: single?.required ?? key.required,
  min: single?.minValue ?? key.minValue,
  max: single?.maxValue ?? key.maxValue,
  minLength: single?.minLength ?? null,
  maxLength: single?.maxLength ?? null,
  options: key.selectOptions.map(({ value, label }) => ({
    // A choice of nothing is written as text in files.
    value: value?.toLowerCase() === 'null' ? null : value,
    label,
  })),
})

const messagesOf = (key: UpdateKeySettings, single: Single | null): FormField['messages'] =>
  Object.fromEntries(
    Object.entries({
      required: single?.requiredErrorMessage || key.requiredErrorMessage,
      date: key.invalidDateErrorMessage,
      json: key.invalidJsonErrorMessage,
      min: key.minValueErrorMessage,
      max: key.maxValueErrorMessage,
    }).filter(([, message]) => message !== ''),
  )

/** The fields of a form: one for each key of each entity. */
export const fieldsOf = (
  series: readonly WidgetSeries[],
  settings: Pick<UpdateAttributesSettings, 'attributesShared' | 'single'>,
): FormField[] =>
  (settings.single ? series.slice(0, 1) : series).map(({ id, datasource, entity, dataKey, points }): FormField => {
    const { single } = settings
    const key = readUpdateKey(dataKey.settings)
    const label = single?.label || keyLabel(dataKey, entity.name)
    return {
      id,
      entity,
      group: `${datasource} ${entity.id.id}`,
      key: dataKey.name,
      label: dataKey.units && !single?.label ? `${label} (${dataKey.units})` : label,
      target: single?.dataKeyType ?? key.dataKeyType ?? (settings.attributesShared ? 'shared' : 'server'),
      spec: specOf(key, single),
      step: key.step,
      editable: key.isEditable ?? (key.readOnly ? 'readonly' : 'editable'),
      isHidden: key.dataKeyHidden && !single,
      disabledOn: key.disabledOnDataKey,
      icon: key.useCustomIcon ? null : key.icon || null,
      picture: key.useCustomIcon ? key.customIcon || null : null,
      messages: messagesOf(key, single),
      onOff: single?.trueValue || single?.falseValue ? { on: single.trueValue, off: single.falseValue } : null,
      point: newest(points),
      getter: key.useGetValueFunction ? readFunction(key.getValueFunctionBody) : null,
      setter: key.useSetValueFunction ? readFunction(key.setValueFunctionBody) : null,
    }
  })
