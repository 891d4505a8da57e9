type Loose = Record<string, unknown>

const objectIn = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** Only what is there: everything else is for the defaults. */
const given = (members: Loose): Loose =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  )

const colorUnless = (value: unknown, stock: string): unknown => (value === stock ? undefined : value)

const yAxisOf = (settings: Loose): Loose => {
  const axis = objectIn(settings.yaxis)
  const grid = objectIn(settings.grid)
  return given({
    min: axis.min,
    max: axis.max,
    label: axis.title,
    showTickLabels: axis.showLabels,
    tickLabelColor: colorUnless(axis.color, '#545454'),
    interval: axis.tickSize,
    decimals: axis.tickDecimals,
    ticksFormatter: axis.ticksFormatter,
    ticksGenerator: axis.tickGenerator,
    showSplitLines: grid.horizontalLines,
  })
}

const xAxisOf = (settings: Loose): Loose => {
  const axis = objectIn(settings.xaxis)
  const grid = objectIn(settings.grid)
  return given({
    label: axis.title,
    showTickLabels: axis.showLabels,
    tickLabelColor: colorUnless(axis.color, '#545454'),
    showSplitLines: grid.verticalLines === true ? undefined : grid.verticalLines,
  })
}

/** Settings of the first generation of charts as those of today. */
const fromFlot = (settings: Readonly<Loose>): Loose => {
  const second = objectIn(settings.xaxisSecond)
  return {
    ...given({
      stack: settings.stack,
      smoothLines: settings.smoothLines,
      dataZoom: settings.enableSelection,
      showTooltip: settings.showTooltip,
      tooltipShowFocusedSeries: settings.tooltipIndividual,
      tooltipStackedShowTotal: settings.tooltipCumulative,
      tooltipHideZeroValues: settings.hideZeros,
      tooltipValueFormatter: settings.tooltipValueFormatter,
      comparisonEnabled: settings.comparisonEnabled,
      timeForComparison: settings.timeForComparison,
      comparisonCustomIntervalValue: settings.comparisonCustomIntervalValue,
      showLegend: settings.showLegend,
      legendConfig: settings.legendConfig,
    }),
    yAxes: { default: yAxisOf(settings) },
    xAxis: xAxisOf(settings),
    comparisonXAxis: given({ position: second.axisPosition, label: second.title, showTickLabels: second.showLabels }),
  }
}

const thresholdOf = (threshold: unknown): Loose => {
  const one = objectIn(threshold)
  const source =
    one.thresholdValueSource === 'entityAttribute'
      ? {
          type: 'entity',
          entityAlias: one.thresholdEntityAlias,
          entityKeyType: 'attribute',
          entityKey: one.thresholdAttribute,
        }
      : { type: 'constant', value: one.thresholdValue }
  return given({ ...source, lineColor: one.color, lineWidth: one.lineWidth, endSymbol: 'none' })
}

const symbols: Readonly<Record<string, string>> = {
  circle: 'circle',
  cross: 'pin',
  diamond: 'diamond',
  square: 'rect',
  triangle: 'triangle',
}

/** Settings of a key of that generation; those of today pass through. */
export const flotKey = (settings: Readonly<Loose>): Loose => {
  const isOld = ['showLines', 'fillLines', 'removeFromLegend', 'hideDataByDefault', 'showSeparateAxis'].some(
    (name) => name in settings,
  )
  if (!isOld) return { ...settings }
  return {
    ...given({
      dataHiddenByDefault: settings.hideDataByDefault,
      tooltipValueFormatter: settings.tooltipValueFormatter,
      comparisonSettings: settings.comparisonSettings,
    }),
    showInLegend: settings.removeFromLegend !== true,
    thresholds: Array.isArray(settings.thresholds) ? settings.thresholds.map(thresholdOf) : [],
    lineSettings: given({
      showLine: settings.showLines,
      showPoints: settings.showPoints,
      lineWidth: settings.lineWidth,
      pointSize: typeof settings.showPointsRadius === 'number' ? settings.showPointsRadius * 2 : undefined,
      pointShape: symbols[String(settings.showPointShape)],
      fillAreaSettings:
        settings.fillLines === true
          ? given({ type: 'opacity', opacity: settings.fillLinesOpacity ?? 0.4 })
          : { type: 'none' },
    }),
  }
}

/** For manifests: settings of the first generation become those of today, all others stay as they are. */
export const flotUpgrade = (settings: Readonly<Loose>, fqn: string): Loose =>
  fqn.startsWith('charts.') && ('yaxis' in settings || 'xaxis' in settings || 'shadowSize' in settings)
    ? fromFlot(settings)
    : { ...settings }
