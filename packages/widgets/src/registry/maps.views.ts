import { untyped, type ViewLoaders } from './family.ts'

export const mapsViews: ViewLoaders = {
  map: async () => untyped((await import('../map/view.tsx')).MapView),
  'image-map': async () => untyped((await import('../image-map/view.tsx')).ImageMapView),
  'trip-map': async () => untyped((await import('../trip-map/view.tsx')).TripMapView),
  'route-map': async () => untyped((await import('../route-map/view.tsx')).RouteMapView),
}
