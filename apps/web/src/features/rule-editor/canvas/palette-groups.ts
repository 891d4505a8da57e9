import type { NodeCategory } from '@thingwire/rules'

/** In the order in which messages usually meet them. */
export const categories: readonly NodeCategory[] = [
  'filter',
  'enrichment',
  'transformation',
  'action',
  'external',
  'flow',
]
