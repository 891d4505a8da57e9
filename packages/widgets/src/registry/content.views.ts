import { untyped, type ViewLoaders } from './family.ts'

export const contentViews: ViewLoaders = {
  'markdown-card': async () => untyped((await import('../markdown-card/view.tsx')).MarkdownCard),
  'html-card': async () => untyped((await import('../html-card/view.tsx')).HtmlCard),
  'html-value-card': async () => untyped((await import('../html-value-card/view.tsx')).HtmlValueCard),
  'html-container': async () => untyped((await import('../html-container/view.tsx')).HtmlContainer),
  'qr-code': async () => untyped((await import('../qr-code/view.tsx')).QrCode),
  image: async () => untyped((await import('../image/view.tsx')).Image),
  frame: async () => untyped((await import('../frame/view.tsx')).Frame),
  'navigation-card': async () => untyped((await import('../navigation-card/view.tsx')).NavigationCard),
  'navigation-cards': async () => untyped((await import('../navigation-cards/view.tsx')).NavigationCards),
  'quick-links': async () => untyped((await import('../quick-links/view.tsx')).QuickLinks),
  'dashboards-list': async () => untyped((await import('../dashboards-list/view.tsx')).DashboardsList),
  'dashboard-state': async () => untyped((await import('../dashboard-state/view.tsx')).DashboardState),
  'date-range-navigator': async () => untyped((await import('../date-range-navigator/view.tsx')).DateRangeNavigator),
  'entities-hierarchy': async () => untyped((await import('../entities-hierarchy/view.tsx')).EntitiesHierarchy),
}
