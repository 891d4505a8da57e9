import { scadaSymbol } from '../scada-symbol/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const scada: WidgetFamily = {
  alias: 'scada',
  title: 'SCADA',
  description: 'Symbols of plants that show and switch.',
  order: 90,
  widgets: [scadaSymbol],
}
