import type { ViewLoaders } from './family.ts'

export const scadaViews: ViewLoaders = {}
