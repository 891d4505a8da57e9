import type { FormField } from '../engines/form/form-field.ts'
import { newest } from '../format.ts'
import type { WidgetSeries } from '../widget.ts'
import type { LocationInputSettings } from './manifest.ts'

/** Latitude and longitude of the first entity; none where there is no entity. */
export const locationFields = (
  series: readonly WidgetSeries[],
  s: LocationInputSettings,
  usual: { latitude: string; longitude: string },
): FormField[] => {
  const entity = series[0]?.entity
  if (!entity) return []
  const field = (key: string, label: string, limit: number, isRequired: boolean): FormField => {
    const own = series.find((one) => one.entity.id.id === entity.id.id && one.dataKey.name === key)
    return {
      ...{ id: key, entity, group: entity.id.id, key, label, target: s.target },
      spec: { kind: 'double', isRequired, min: -limit, max: limit, minLength: null, maxLength: null, options: [] },
      ...{
        step: 0.0001,
        editable: 'editable',
        isHidden: false,
        disabledOn: null,
        icon: null,
        picture: null,
        onOff: null,
      },
      messages: s.requiredErrorMessage ? { required: s.requiredErrorMessage } : {},
      point: own && newest(own.points),
      ...{ getter: null, setter: null },
    }
  }
  return [
    field(s.latKeyName, s.latLabel || usual.latitude, 90, s.isLatRequired),
    field(s.lngKeyName, s.lngLabel || usual.longitude, 180, s.isLngRequired),
  ]
}
