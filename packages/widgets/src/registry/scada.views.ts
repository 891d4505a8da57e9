import { untyped, type ViewLoaders } from './family.ts'

export const scadaViews: ViewLoaders = {
  'scada-symbol': async () => untyped((await import('../scada-symbol/view.tsx')).ScadaSymbol),
}
