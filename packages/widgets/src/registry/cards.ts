import { aggregatedValueCard } from '../aggregated-value-card/manifest.ts'
import { alarmCount } from '../alarm-count/manifest.ts'
import { attributesCard } from '../attributes-card/manifest.ts'
import { entityCount } from '../entity-count/manifest.ts'
import { labelCard } from '../label-card/manifest.ts'
import { labelOverImage } from '../label-over-image/manifest.ts'
import { labelValueCard } from '../label-value-card/manifest.ts'
import { progressBar } from '../progress-bar/manifest.ts'
import { valueCard } from '../value-card/manifest.ts'
import { valueChartCard } from '../value-chart-card/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const cards: WidgetFamily = {
  alias: 'cards',
  title: 'Cards',
  description: 'The newest values, large and at a glance.',
  order: 20,
  widgets: [
    valueCard,
    aggregatedValueCard,
    valueChartCard,
    labelValueCard,
    labelCard,
    progressBar,
    alarmCount,
    entityCount,
    attributesCard,
    labelOverImage,
  ],
}
