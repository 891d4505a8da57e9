import type { KeyFilter } from '@thingwire/contracts'

/** A value of a filter that the viewer may set in the toolbar. */
export type FilterInput = {
  /** The same as long as the filter is: the filter's id and where the predicate stands in it. */
  id: string
  /** Null: made of key and operation. */
  label: string | null
  key: string
  operation: string
  valueType: 'STRING' | 'NUMERIC' | 'BOOLEAN' | 'DATE_TIME'
  unit: string | null
  order: number
  defaultValue: string | number | boolean | null
}

/** A named filter of a dashboard, ready for queries. */
export type FilterDefinition = {
  id: string
  /** Its name. */
  filter: string
  operation: 'AND' | 'OR'
  keyFilters: readonly KeyFilter[]
  /** In the order of the toolbar. */
  inputs: readonly FilterInput[]
}
