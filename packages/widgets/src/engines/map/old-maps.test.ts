import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { findWidget } from '../../manifests.ts'
import { valueSourcesIn } from '../../style/value-sources.ts'
import { layersOf, type MapSettings, mapSettings } from './settings.ts'
import { linkOf } from './use-picture.ts'

/** Settings of a widget of a file, by its name there, as its view gets them. */
const read = (fqn: string, settings: Record<string, unknown>): MapSettings => {
  const manifest = findWidget(`system.${fqn}`)
  if (!manifest) throw new Error(`${fqn} is no widget`)
  return manifest.settings.parse(manifest.upgrade?.(settings, fqn) ?? settings) as MapSettings
}

describe('maps by their names in files', () => {
  it.each([
    ...['map', 'maps_v2.openstreetmap', 'maps_v2.google_maps', 'maps_v2.here_map', 'maps_v2.tencent_maps'].map(
      (fqn) => [fqn, 'map'],
    ),
    ...['input_widgets.markers_placement_openstreetmap', 'input_widgets.markers_placement_google_maps'].map((fqn) => [
      fqn,
      'map',
    ]),
    ...['image_map', 'maps_v2.image_map', 'input_widgets.markers_placement_image_map'].map((fqn) => [fqn, 'image-map']),
    ...['trip_map', 'maps_v2.test'].map((fqn) => [fqn, 'trip-map']),
    ...['route_map', 'maps_v2.route_map', 'maps_v2.route_map_openstreetmap', 'maps_v2.route_map_tencent_maps'].map(
      (fqn) => [fqn, 'route-map'],
    ),
  ])('%s is our %s', (fqn, type) => expect(findWidget(`system.${fqn}`)?.type).toBe(type))

  it('are nothing special where a file has no settings', () => {
    for (const fqn of ['maps_v2.openstreetmap', 'maps_v2.image_map', 'maps_v2.test', 'maps_v2.route_map'])
      expect(layersOf(read(fqn, {})).length, fqn).toBe(1)
  })
})

describe('settings of maps of before', () => {
  it.each<[string, Record<string, unknown>, (made: MapSettings) => unknown, unknown]>([
    [
      'keys',
      { latKeyName: 'y', lngKeyName: 'x' },
      (made) => [made.markers[0]?.xKey.name, made.markers[0]?.yKey.name],
      ['y', 'x'],
    ],
    [
      'labels',
      { showLabel: false, label: 'Bus ${n}' },
      (made) => [made.markers[0]?.label.show, made.markers[0]?.label.pattern],
      [false, 'Bus ${n}'],
    ],
    [
      'functions',
      { useLabelFunction: true, labelFunction: 'return 1' },
      (made) => [made.markers[0]?.label.type, made.markers[0]?.label.patternFunction],
      ['function', 'return 1'],
    ],
    [
      'tooltips',
      { showTooltipAction: 'hover', autocloseTooltip: false, tooltipPattern: 'x' },
      (made) => [
        made.markers[0]?.tooltip.trigger,
        made.markers[0]?.tooltip.autoclose,
        made.markers[0]?.tooltip.pattern,
      ],
      ['hover', false, 'x'],
    ],
    ['colours', { color: '#123456' }, (made) => made.markers[0]?.markerShape.color.color, '#123456'],
    [
      'pictures',
      { markerImage: 'data:image/png;base64,AA', markerImageSize: 50 },
      (made) => [
        made.markers[0]?.markerType,
        made.markers[0]?.markerImage.image,
        made.markers[0]?.markerImage.imageSize,
      ],
      ['image', 'data:image/png;base64,AA', 50],
    ],
    [
      'pictures by a function',
      { useMarkerImageFunction: true, markerImageFunction: 'return images[0]', markerImages: ['a', 'b'] },
      (made) => [made.markers[0]?.markerImage.type, made.markers[0]?.markerImage.images],
      ['function', ['a', 'b']],
    ],
    [
      'clusters',
      {
        ...{ useClusterMarkers: true, maxClusterRadius: 40, maxZoom: 12, zoomOnClick: false, animate: false },
        ...{ useIconCreateFunction: true, clusterMarkerFunction: 'return "red"', spiderfyOnMaxZoom: true },
      },
      (made) => made.markers[0]?.markerClustering,
      {
        ...{ enable: true, zoomOnClick: false, maxZoom: 12, maxClusterRadius: 40, zoomAnimation: false },
        ...{ useClusterMarkerColorFunction: true, clusterMarkerColorFunction: 'return "red"', spiderfyOnMaxZoom: true },
      },
    ],
    [
      'dragging',
      { draggableMarker: true },
      (made) => made.markers[0]?.edit.enabledActions,
      ['add', 'edit', 'move', 'remove'],
    ],
    [
      'areas',
      {
        showPolygon: true,
        polygonColor: '#0000ff',
        polygonOpacity: 0.5,
        polygonStrokeOpacity: 0.5,
        polygonStrokeColor: '#ff0000',
        editablePolygon: true,
      },
      (made) => [
        made.polygons[0]?.fillColor.color,
        made.polygons[0]?.strokeColor.color,
        made.polygons[0]?.edit.enabledActions.length,
      ],
      ['#0000ff80', '#ff000080', 4],
    ],
    [
      'circles',
      { showCircle: true, circleFillColor: '#00ff00', circleKeyName: 'zone', circleStrokeWeight: 7 },
      (made) => [made.circles[0]?.circleKey.name, made.circles[0]?.strokeWeight, made.circles[0]?.fillColor.color],
      ['zone', 7, '#00ff0033'],
    ],
    [
      'zooming',
      { disableScrollZooming: true, disableDoubleClickZooming: true },
      (made) => made.zoomActions,
      ['controlButtons'],
    ],
    [
      'the place looked at',
      { useDefaultCenterPosition: true, defaultCenterPosition: '1,2', defaultZoomLevel: 9, fitMapBounds: false },
      (made) => [made.useDefaultCenterPosition, made.defaultCenterPosition, made.defaultZoomLevel, made.fitMapBounds],
      [true, '1,2', 9, false],
    ],
    [
      'grounds',
      { mapProvider: 'OpenStreetMap.HOT' },
      (made) => made.layers.map(({ layerType }) => layerType),
      ['OpenStreetMap.HOT'],
    ],
  ])('keep their %s', (_, settings, pick, expected) =>
    expect(pick(read('maps_v2.openstreetmap', settings))).toEqual(expected),
  )

  it('keep the picture and the keys of image maps', () => {
    const made = read('maps_v2.image_map', { mapImageUrl: 'tb-image;/api/images/tenant/floor.png', xPosKeyName: 'px' })
    expect([made.space, made.imageSource.url]).toEqual(['image', 'tb-image;/api/images/tenant/floor.png'])
    expect([made.markers[0]?.xKey.name, made.markers[0]?.yKey.name]).toEqual(['px', 'yPos'])
    const live = read('maps_v2.image_map', { imageEntityAlias: 'Building', imageUrlAttribute: 'plan' })
    expect([live.imageSource.sourceType, live.imageSource.entityKey?.name]).toEqual(['entityKey', 'plan'])
    expect(valueSourcesIn(live)).toMatchObject([{ entityAlias: 'Building', entityKey: 'plan' }])
    const plan = (datasourceName: string, link: string) => ({
      ...caseSeries({ key: 'plan', dataKey: { type: 'attribute' }, points: [[0, link]] }),
      datasourceName,
    })
    const series = [plan('Pumps', '/api/images/tenant/other.png')]
    expect(linkOf(live, { series, sources: [plan('Building', '/api/images/tenant/plan.png')] })).toBe(
      '/api/images/tenant/plan.png',
    )
    expect(linkOf(live, { series })).toBe('/api/images/tenant/other.png')
  })

  it('make ways of routes and trips, which only the latter play back', () => {
    const settings = {
      ...{ color: '#ff0000', strokeWeight: 6, strokeOpacity: 0.5, usePolylineDecorator: true, decoratorSymbol: 'dash' },
      ...{ decoratorRepeat: '45px', useDecoratorCustomColor: true, decoratorCustomColor: '#00ff00', rotationAngle: 90 },
      ...{ showPoints: true, pointSize: 4, pointColor: '#0000ff', normalizationStep: 5_000 },
    }
    for (const [fqn, isPlayed] of [
      ['maps_v2.test', true],
      ['maps_v2.route_map', false],
    ] as const) {
      const made = read(fqn, settings)
      const [trip] = made.trips
      expect(made.tripTimeline.showTimelineControl, fqn).toBe(isPlayed)
      expect(made.markers).toEqual([])
      expect(trip).toMatchObject({
        ...{ pathStrokeWeight: 6, usePathDecorator: true, pathDecoratorSymbol: 'dash', pathDecoratorRepeat: 45 },
        ...{ pathDecoratorSymbolColor: '#00ff00', offsetAngle: 90, showPoints: true, pointSize: 4 },
        pathStrokeColor: { color: '#ff000080' },
        pointColor: { color: '#0000ff' },
      })
      expect(made.tripTimeline.timeStep).toBe(5_000)
    }
  })

  it.each([['text'], [null], [Number.NaN], [[]], [{ odd: 1 }]])('survive members that are %j', (odd) => {
    const names = [
      'latKeyName',
      'color',
      'markerImage',
      'markerImages',
      'strokeWeight',
      'decoratorRepeat',
      'mapProvider',
      'label',
      'polygonOpacity',
      'mapImageUrl',
      'maxZoom',
    ]
    for (const fqn of ['maps_v2.openstreetmap', 'maps_v2.image_map', 'maps_v2.test'])
      expect(
        layersOf(read(fqn, { showPolygon: 'true', ...Object.fromEntries(names.map((name) => [name, odd])) })).length,
      ).toBe(2)
  })
})

describe('sources of layers', () => {
  it('are numbered with those beside them', () => {
    const layers = layersOf(
      mapSettings.parse({ markers: [{ additionalDataSources: [{}, 'none', {}] }, {}], circles: [{}] }),
    )
    expect(layers.map(({ sources }) => sources)).toEqual([[0, 1, 2], [3], [4]])
  })
})
