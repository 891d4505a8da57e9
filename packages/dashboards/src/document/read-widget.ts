import { readActions } from '../actions/read.ts'
import { flagOf, isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf } from '../read.ts'
import { withoutTranslations } from '../labels/translations.ts'
import { readTimeWindow } from '../time-window/read.ts'
import { readUnits } from '../units/read.ts'
import { type DashboardWidget, type WidgetCard, type WidgetKind, widgetKinds } from './model.ts'
import { hasLayerSources, mapLayerSources } from './map-sources.ts'
import { readDecimals } from './read-key.ts'
import { readAlarmFilter, readDatasource, readTarget } from './read-source.ts'
import type { Remarks } from './remarks.ts'
import { titleOf } from './widget-title.ts'

/** Sizes stand as text with a unit, or as a number of px. */
const lengthOf = (value: unknown): string | null =>
  textOf(value) ?? (typeof value === 'number' && Number.isFinite(value) ? `${value}px` : null)

const said = (value: unknown): string | null => {
  const text = textOf(value)
  return text === null ? null : withoutTranslations(text)
}

const readCard = (config: JsonRecord): WidgetCard => ({
  title: withoutTranslations(titleOf(config)),
  showTitle: flagOf(config.showTitle) ?? true,
  titleFont: isRecord(config.titleFont) ? config.titleFont : null,
  titleColor: textOf(config.titleColor),
  titleStyle: recordOf(config.titleStyle),
  titleTooltip: said(config.titleTooltip),
  titleIcon: textOf(config.titleIcon),
  showTitleIcon: flagOf(config.showTitleIcon) ?? false,
  iconColor: textOf(config.iconColor),
  iconSize: lengthOf(config.iconSize),
  dropShadow: flagOf(config.dropShadow) ?? true,
  enableFullscreen: flagOf(config.enableFullscreen) ?? true,
  color: textOf(config.color),
  backgroundColor: textOf(config.backgroundColor),
  padding: lengthOf(config.padding),
  margin: lengthOf(config.margin),
  borderRadius: lengthOf(config.borderRadius),
  widgetStyle: recordOf(config.widgetStyle),
  widgetCss: textOf(config.widgetCss),
})

/** The name of the widget's type; older files write a bundle and a name in it. */
const readFqn = (file: JsonRecord, path: string, remarks: Remarks): string => {
  const given = textOf(file.typeFullFqn)
  // A name that one release wrote for the chart.
  if (given === 'system.charts.timeseries') return 'system.charts.basic_timeseries'
  if (given !== null) return given
  const [bundle, alias] = [textOf(file.bundleAlias), textOf(file.typeAlias)]
  if (bundle !== null && alias !== null) {
    remarks.note(path, 'upgraded', 'a type by its bundle')
    const owner = flagOf(file.isSystemType) === false ? 'tenant' : 'system'
    const fqn = `${owner}.${bundle}.${alias}`
    return fqn === 'system.charts.timeseries' ? 'system.charts.basic_timeseries' : fqn
  }
  remarks.note(path, 'repaired', 'a widget without a type is shown as an unknown one')
  return ''
}

const readKind = (file: JsonRecord, config: JsonRecord, path: string, remarks: Remarks): WidgetKind => {
  const given = widgetKinds.find((one) => one === file.type)
  if (given) return given
  const guess = isRecord(config.alarmSource)
    ? 'alarm'
    : isRecord(config.targetDevice) || Array.isArray(config.targetDeviceAliasIds)
      ? 'rpc'
      : Array.isArray(config.datasources) && config.datasources.length > 0
        ? 'latest'
        : 'static'
  remarks.note(`${path}.type`, 'repaired', `read as ${guess}`)
  return guess
}

/** Charts whose legend stood beside the settings instead of in them. */
const legendBeside = [
  'system.charts.state_chart',
  'system.charts.basic_timeseries',
  'system.charts.timeseries_bars_flot',
]

const readSettings = (fqn: string, config: JsonRecord): JsonRecord => {
  const settings = recordOf(config.settings)
  if (!legendBeside.includes(fqn)) return settings
  return {
    ...settings,
    showLegend: config.showLegend ?? settings.showLegend ?? true,
    ...(isRecord(config.legendConfig) ? { legendConfig: config.legendConfig } : {}),
  }
}

/** A widget of a file, of any age; null (and a remark) for what is none. */
export const readWidget = (id: string, file: unknown, path: string, remarks: Remarks): DashboardWidget | null => {
  if (!isRecord(file)) {
    remarks.note(path, 'left out', 'not a widget')
    return null
  }
  if (!isRecord(file.config)) remarks.note(`${path}.config`, 'repaired', 'a widget without configuration')
  const config = recordOf(file.config)
  const typeFullFqn = readFqn(file, path, remarks)
  const kind = readKind(file, config, path, remarks)
  const usesDashboardWindow = flagOf(config.useDashboardTimewindow) ?? true
  const unitSetting = readUnits(config.units)
  const at = `${path}.config`
  const ofLayers = hasLayerSources(typeFullFqn) ? mapLayerSources(recordOf(config.settings), typeFullFqn) : []
  if (config.datasources !== undefined && config.datasources !== null && !Array.isArray(config.datasources)) {
    remarks.note(`${at}.datasources`, 'left out', 'not a list of datasources')
  }
  return {
    id,
    typeFullFqn,
    kind,
    card: readCard(config),
    timeWindow: usesDashboardWindow || !isRecord(config.timewindow) ? null : readTimeWindow(config.timewindow),
    displayTimewindow: flagOf(config.displayTimewindow) ?? true,
    units: unitSetting?.from ?? null,
    unitSetting,
    decimals: readDecimals(config.decimals),
    noDataMessage: said(config.noDataDisplayMessage),
    pageSize: positive(ofLayers.length > 0 ? recordOf(config.settings).mapPageSize : null) ?? positive(config.pageSize),
    settings: readSettings(typeFullFqn, config),
    actions: readActions(config.actions),
    datasources: (ofLayers.length > 0 ? ofLayers : listOf(config.datasources)).flatMap(
      (one, index) => readDatasource(one, `${at}.datasources[${index}]`, remarks) ?? [],
    ),
    alarmSource:
      config.alarmSource === undefined || config.alarmSource === null
        ? null
        : readDatasource(config.alarmSource, `${at}.alarmSource`, remarks, true),
    alarmFilter: readAlarmFilter(config.alarmFilterConfig, config),
    target: readTarget(config, at, remarks),
    raw: file,
  }
}

const positive = (value: unknown): number | null => {
  const number = numberOf(value)
  return number !== null && number >= 1 ? Math.floor(number) : null
}
