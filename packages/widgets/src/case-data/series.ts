import type { DataKey, LivePoint } from '@thingwire/contracts'
import type { WidgetEntity, WidgetSeries } from '../widget.ts'

/** A device for cases and tests; the same name is the same device. */
export const caseEntity = (name: string): WidgetEntity => ({
  id: { entityType: 'DEVICE', id: name },
  name,
  label: '',
  type: 'default',
})

/** A series for cases and tests, with dull defaults. */
export const caseSeries = (
  p: {
    entity?: string
    key?: string
    dataKey?: Partial<DataKey>
    points?: readonly LivePoint[]
  } & Partial<Pick<WidgetSeries, 'id' | 'datasource' | 'datasourceName' | 'role'>>,
): WidgetSeries => {
  const { entity = 'Sensor A', key = 'temperature', dataKey, points = [], ...rest } = p
  return {
    id: `${p.datasource ?? 0} ${entity} ${dataKey?.type ?? 'timeseries'} ${key}`,
    datasource: 0,
    datasourceName: entity,
    entity: caseEntity(entity),
    dataKey: { name: key, type: 'timeseries', label: key, settings: {}, ...dataKey },
    role: 'main',
    points,
    ...rest,
  }
}
