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

const numberOr = <T>(value: unknown, fallback: T): number | T => {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback
}

/** Where it could be dragged, it could be placed and taken away as well. */
const editOf = (isOn: boolean) => ({
  enabledActions: isOn ? ['add', 'edit', 'move', 'remove'] : [],
  attributeScope: 'SERVER_SCOPE',
})

const tooltipOf = (old: Old) => ({
  ...patternOf(old, old.showTooltip !== false, {
    ...{ text: 'tooltipPattern', isFunction: 'useTooltipFunction', code: 'tooltipFunction' },
  }),
  ...{ trigger: old.showTooltipAction, autoclose: old.autocloseTooltip },
  ...(numberOr(old.tooltipOffsetX, null) === null ? {} : { offsetX: numberOr(old.tooltipOffsetX, 0) }),
  ...(numberOr(old.tooltipOffsetY, null) === null ? {} : { offsetY: numberOr(old.tooltipOffsetY, -1) }),
})

const keysOf = (old: Old, onPicture: boolean) =>
  onPicture
    ? { xKey: keyOf(old, 'xPosKeyName', 'xPos'), yKey: keyOf(old, 'yPosKeyName', 'yPos') }
    : { xKey: keyOf(old, 'latKeyName', 'latitude'), yKey: keyOf(old, 'lngKeyName', 'longitude') }

const lookOf = (old: Old) => {
  const usesFunction = isOn(old.useMarkerImageFunction)
  const size = numberOr(old.markerImageSize, 34)
  const hasImage = usesFunction || (typeof old.markerImage === 'string' && old.markerImage !== '')
  return {
    markerType: hasImage ? 'image' : 'shape',
    markerShape: { size: 34, color: colorOf(old, 'color', 'useColorFunction', 'colorFunction', '#fe7569') },
    markerImage: {
      ...{ type: usesFunction ? 'function' : 'image', imageSize: size, imageFunction: old.markerImageFunction },
      ...{ image: old.markerImage ?? null, images: old.markerImages },
    },
    ...(numberOr(old.markerOffsetX, null) === null ? {} : { markerOffsetX: numberOr(old.markerOffsetX, 0.5) }),
    ...(numberOr(old.markerOffsetY, null) === null ? {} : { markerOffsetY: numberOr(old.markerOffsetY, 1) }),
  }
}

const labelOf = (old: Old) =>
  patternOf(old, old.showLabel !== false, {
    ...{ text: 'label', isFunction: 'useLabelFunction', code: 'labelFunction' },
  })

const markersOf = (old: Old, onPicture: boolean) => ({
  ...{ everySource: true, ...keysOf(old, onPicture), ...lookOf(old), label: labelOf(old), tooltip: tooltipOf(old) },
  positionFunction: old.posFunction,
  edit: editOf(isOn(old.draggableMarker)),
  markerClustering: {
    ...{ enable: isOn(old.useClusterMarkers), zoomOnClick: old.zoomOnClick, maxClusterRadius: old.maxClusterRadius },
    maxZoom: typeof old.maxZoom === 'number' ? old.maxZoom : null,
    spiderfyOnMaxZoom: isOn(old.spiderfyOnMaxZoom),
    zoomAnimation: old.animate !== false,
    useClusterMarkerColorFunction: isOn(old.useIconCreateFunction),
    clusterMarkerColorFunction: old.clusterMarkerFunction,
  },
})

/** Ways: their line was drawn in the colour that markers have where they are no ways. */
const tripsOf = (old: Old) => {
  const line = colorOf(old, 'color', 'useColorFunction', 'colorFunction', '#fe7569')
  const ownColor = isOn(old.useDecoratorCustomColor)
  return {
    ...{ everySource: true, ...keysOf(old, false), ...lookOf(old), label: labelOf(old), tooltip: tooltipOf(old) },
    offsetAngle: numberOr(old.rotationAngle, 0),
    pathStrokeWeight: numberOr(old.strokeWeight, 2),
    pathStrokeColor: { ...line, color: withOpacity(line.color, old.strokeOpacity) },
    usePathDecorator: isOn(old.usePolylineDecorator),
    pathDecoratorSymbol: old.decoratorSymbol,
    pathDecoratorSymbolSize: numberOr(old.decoratorSymbolSize, 10),
    pathDecoratorSymbolColor: ownColor ? textOf(old.decoratorCustomColor, '#000') : line.color,
    pathDecoratorOffset: pxOr(old.decoratorOffset, 20),
    pathEndDecoratorOffset: pxOr(old.endDecoratorOffset, 20),
    pathDecoratorRepeat: numberOr(old.decoratorRepeat, 20),
    showPoints: isOn(old.showPoints),
    pointSize: numberOr(old.pointSize, 10),
    pointColor: colorOf(old, 'pointColor', 'useColorPointFunction', 'colorPointFunction', '#ff5722'),
    pointTooltip: tooltipOf(old),
  }
}

/** `20`, `"20"` or `"20px"`; shares of a line, `"5%"`, have no counterpart. */
const pxOr = (value: unknown, fallback: number): number =>
  numberOr(
    typeof value === 'string' && /^\s*[\d.]+\s*(px)?\s*$/.test(value) ? Number.parseFloat(value) : value,
    fallback,
  )

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
  const strokeFunction = `${lower}StrokeColorFunction`
  const stroke = colorOf(old, `${lower}StrokeColor`, `use${prefix}StrokeColorFunction`, strokeFunction, '#3388ff')
  return {
    everySource: true,
    edit: editOf(isOn(old[`editable${prefix}`])),
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
    strokeColor: { ...stroke, color: withOpacity(stroke.color, old[`${lower}StrokeOpacity`]) },
    ...(typeof old[`${lower}StrokeWeight`] === 'number' ? { strokeWeight: old[`${lower}StrokeWeight`] } : {}),
  }
}

/** Names of grounds in the order in which they were used: of the provider, else of its kind. */
const groundsOf = (old: Old) => {
  const names = [old.mapProvider, old.mapProviderHere].filter((one) => typeof one === 'string')
  return names.map((layerType) => ({ layerType }))
}

/** Members of groups that some releases kept apart, beside or above the others. */
const flattened = (old: Old): Old => {
  const groups = [
    ...['mapProviderSettings', 'commonMapSettings', 'markersSettings', 'polygonSettings', 'circleSettings'],
    ...['markerClusteringSettings', 'mapEditorSettings', 'polylineSettings', 'pointSettings', 'tripAnimationSettings'],
  ]
  const inner = groups.map((name) => old[name]).filter((one) => typeof one === 'object' && one !== null)
  return Object.assign({}, ...inner, old)
}

export type OldMap = 'places' | 'image' | 'route' | 'trip'

/** Settings of the maps of before, one for each provider and purpose, as those of the maps of today. */
export const upgradeOldMap = (stored: Old, kind: OldMap): Record<string, unknown> => {
  // An editor writes settings of an older map in today's form, under its older name.
  if (Array.isArray(stored.trips) && Array.isArray(stored.markers)) return { ...stored }
  const old = flattened(stored)
  const isOfWays = kind === 'route' || kind === 'trip'
  return {
    trips: isOfWays ? [tripsOf(old)] : [],
    markers: isOfWays ? [] : [markersOf(old, kind === 'image')],
    polygons: isOn(old.showPolygon) ? [shapeOf(old, 'Polygon')] : [],
    circles: isOn(old.showCircle) ? [shapeOf(old, 'Circle')] : [],
    layers: groundsOf(old),
    imageSource: {
      sourceType: textOf(old.imageUrlAttribute, '') === '' ? 'image' : 'entityKey',
      url: old.mapImageUrl ?? null,
      entityKey: { name: old.imageUrlAttribute, label: old.imageUrlAttribute },
      source:
        textOf(old.imageEntityAlias, '') === ''
          ? {}
          : { type: 'entity', entityAlias: old.imageEntityAlias, entityKey: old.imageUrlAttribute },
    },
    tripTimeline: {
      timeStep: numberOr(old.normalizationStep, 1_000),
      // Points that were not shown were none to stop at.
      snapToRealLocation: isOn(old.showPoints) && isOn(old.usePointAsAnchor),
      locationSnapFilter: old.pointAsAnchorFunction,
    },
    zoomActions: [
      ...(isOn(old.disableScrollZooming) ? [] : ['scroll']),
      ...(isOn(old.disableDoubleClickZooming) ? [] : ['doubleClick']),
      ...(isOn(old.disableZoomControl) ? [] : ['controlButtons']),
    ],
    ...{ fitMapBounds: old.fitMapBounds, useDefaultCenterPosition: old.useDefaultCenterPosition },
    ...{ defaultCenterPosition: old.defaultCenterPosition, defaultZoomLevel: old.defaultZoomLevel ?? null },
  }
}
