type Old = Readonly<Record<string, unknown>>

const isOn = (value: unknown) => value === true || value === 'true'
const textOf = (value: unknown, fallback: string) => (typeof value === 'string' && value !== '' ? value : fallback)

const colorOf = (old: Old, plain: string, isFunction: string, code: string, fallback: string) => ({
  type: isOn(old[isFunction]) ? 'function' : 'constant',
  color: textOf(old[plain], fallback),
  colorFunction: old[code],
})

const patternOf = (old: Old, show: boolean, names: { text: string; isFunction: string; code: string }) => ({
  show,
  type: isOn(old[names.isFunction]) ? 'function' : 'pattern',
  ...(typeof old[names.text] === 'string' ? { pattern: old[names.text] } : {}),
  patternFunction: old[names.code],
})

const keyOf = (old: Old, name: string, fallback: string) => {
  const key = textOf(old[name], fallback)
  return { name: key, label: key }
}

const markersOf = (old: Old) => ({
  everySource: true,
  xKey: keyOf(old, 'latKeyName', 'latitude'),
  yKey: keyOf(old, 'lngKeyName', 'longitude'),
  label: patternOf(old, old.showLabel !== false, {
    ...{ text: 'label', isFunction: 'useLabelFunction', code: 'labelFunction' },
  }),
  tooltip: {
    ...patternOf(old, old.showTooltip !== false, {
      ...{ text: 'tooltipPattern', isFunction: 'useTooltipFunction', code: 'tooltipFunction' },
    }),
    ...{ trigger: old.showTooltipAction, autoclose: old.autocloseTooltip },
  },
  markerShape: { size: 34, color: colorOf(old, 'color', 'useColorFunction', 'colorFunction', '#fe7569') },
  markerClustering: {
    ...{ enable: isOn(old.useClusterMarkers), zoomOnClick: old.zoomOnClick, maxClusterRadius: old.maxClusterRadius },
    maxZoom: typeof old.maxZoom === 'number' ? old.maxZoom : null,
  },
})

/** Opacity stood beside colours; `#rrggbb` takes it as two more digits. */
const withOpacity = (color: string, opacity: unknown): string => {
  if (typeof opacity !== 'number' || !/^#[0-9a-f]{6}$/i.test(color)) return color
  const share = Math.round(Math.min(1, Math.max(0, opacity)) * 255)
  return color + share.toString(16).padStart(2, '0')
}

/** `prefix` is `Polygon` or `Circle`, whose members were named alike but for the fill's. */
const shapeOf = (old: Old, prefix: 'Polygon' | 'Circle') => {
  const lower = prefix.toLowerCase()
  const fill = prefix === 'Polygon' ? 'polygonColor' : 'circleFillColor'
  const opacity = prefix === 'Polygon' ? old.polygonOpacity : old.circleFillColorOpacity
  const fillFunction = prefix === 'Polygon' ? 'usePolygonColorFunction' : 'useCircleFillColorFunction'
  const filled = colorOf(old, fill, fillFunction, `${fill}Function`, '#3388ff')
  return {
    everySource: true,
    [`${lower}Key`]: keyOf(old, `${lower}KeyName`, 'perimeter'),
    label: patternOf(old, isOn(old[`show${prefix}Label`]), {
      ...{ text: `${lower}Label`, isFunction: `use${prefix}LabelFunction`, code: `${lower}LabelFunction` },
    }),
    tooltip: {
      ...patternOf(old, isOn(old[`show${prefix}Tooltip`]), {
        text: `${lower}TooltipPattern`,
        ...{ isFunction: `use${prefix}TooltipFunction`, code: `${lower}TooltipFunction` },
      }),
      ...{ trigger: old[`show${prefix}TooltipAction`], autoclose: old[`autoClose${prefix}Tooltip`] },
    },
    fillColor: { ...filled, color: withOpacity(filled.color, opacity ?? 0.2) },
    strokeColor: colorOf(
      old,
      `${lower}StrokeColor`,
      `use${prefix}StrokeColorFunction`,
      `${lower}StrokeColorFunction`,
      '#3388ff',
    ),
    ...(typeof old[`${lower}StrokeWeight`] === 'number' ? { strokeWeight: old[`${lower}StrokeWeight`] } : {}),
  }
}

/** Settings of the maps of before, one for each provider, as those of the map of today. */
export const upgradeOldMap = (old: Old): Record<string, unknown> => ({
  markers: [markersOf(old)],
  polygons: isOn(old.showPolygon) ? [shapeOf(old, 'Polygon')] : [],
  circles: isOn(old.showCircle) ? [shapeOf(old, 'Circle')] : [],
  zoomActions: [
    ...(isOn(old.disableScrollZooming) ? [] : ['scroll']),
    ...(isOn(old.disableDoubleClickZooming) ? [] : ['doubleClick']),
    ...(isOn(old.disableZoomControl) ? [] : ['controlButtons']),
  ],
  ...{ fitMapBounds: old.fitMapBounds, useDefaultCenterPosition: old.useDefaultCenterPosition },
  ...{ defaultCenterPosition: old.defaultCenterPosition, defaultZoomLevel: old.defaultZoomLevel ?? null },
})
