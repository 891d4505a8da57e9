import { entitiesHierarchy } from '../entities-hierarchy/manifest.ts'
import { dateRangeNavigator } from '../date-range-navigator/manifest.ts'
import { dashboardState } from '../dashboard-state/manifest.ts'
import { dashboardsList } from '../dashboards-list/manifest.ts'
import { quickLinks } from '../quick-links/manifest.ts'
import { navigationCards } from '../navigation-cards/manifest.ts'
import { navigationCard } from '../navigation-card/manifest.ts'
import { frame } from '../frame/manifest.ts'
import { image } from '../image/manifest.ts'
import { qrCode } from '../qr-code/manifest.ts'
import { htmlContainer } from '../html-container/manifest.ts'
import { htmlValueCard } from '../html-value-card/manifest.ts'
import { htmlCard } from '../html-card/manifest.ts'
import { markdownCard } from '../markdown-card/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const content: WidgetFamily = {
  alias: 'content',
  title: 'Content',
  description: 'Texts, pictures, frames and navigation.',
  order: 80,
  widgets: [
    markdownCard,
    htmlCard,
    htmlValueCard,
    htmlContainer,
    qrCode,
    image,
    frame,
    navigationCard,
    navigationCards,
    quickLinks,
    dashboardsList,
    dashboardState,
    dateRangeNavigator,
    entitiesHierarchy,
  ],
}
