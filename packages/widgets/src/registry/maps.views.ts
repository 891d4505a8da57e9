import { untyped, type ViewLoaders } from './family.ts'

export const mapsViews: ViewLoaders = {
  map: async () => untyped((await import('../map/view.tsx')).MapView),
}
