import { cardsViews } from './registry/cards.views.ts'
import { chartsViews } from './registry/charts.views.ts'
import { contentViews } from './registry/content.views.ts'
import { controlWidgetsViews } from './registry/control-widgets.views.ts'
import type { ViewLoaders } from './registry/family.ts'
import { gaugesViews } from './registry/gauges.views.ts'
import { inputWidgetsViews } from './registry/input-widgets.views.ts'
import { mapsViews } from './registry/maps.views.ts'
import { scadaViews } from './registry/scada.views.ts'
import { tablesViews } from './registry/tables.views.ts'
import { createViews } from './use-view.ts'

export { functionContextOf, useFunctionContext } from './functions/function-context.ts'
export { useWidgetHost, WidgetHostProvider } from './host/host-context.tsx'
export { idleHost } from './host/idle-host.ts'
export { WidgetNotice } from './notice.tsx'
export { cssColor } from './style/rgb.ts'
export { asksCard } from './style/background.ts'
export { inksOn, isStockGround, type Scheme, schemeOf, surfaceOn, textColor } from './style/ground-colors.ts'
export { iconNames, WidgetIcon } from './style/icons.tsx'

export const widgetViewLoaders: ViewLoaders = {
  ...chartsViews,
  ...cardsViews,
  ...gaugesViews,
  ...tablesViews,
  ...controlWidgetsViews,
  ...inputWidgetsViews,
  ...mapsViews,
  ...contentViews,
  ...scadaViews,
}

const views = createViews(widgetViewLoaders)

/** The view of a widget type: null while its code comes; throws while it is drawn when that could not be had. */
export const useWidgetView = views.useView

/** Begins to load the code of a widget before there is a place to draw it. */
export const preloadView = (type: string): void => {
  // Whoever draws it asks again, and says what went wrong.
  views.load(type).catch(() => {})
}
