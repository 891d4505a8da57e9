import { untyped, type ViewLoaders } from './family.ts'

export const inputWidgetsViews: ViewLoaders = {
  'update-attributes': async () => untyped((await import('../update-attributes/view.tsx')).UpdateAttributes),
  'location-input': async () => untyped((await import('../location-input/view.tsx')).LocationInput),
  'image-input': async () => untyped((await import('../image-input/view.tsx')).ImageInput),
  'device-claiming': async () => untyped((await import('../device-claiming/view.tsx')).DeviceClaiming),
}
