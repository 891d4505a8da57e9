import { z } from 'zod'

/** The configuration of nodes that have nothing to set; ThingsBoard writes `{"version": 0}`. */
export const emptyConfig = z.looseObject({})
export const emptyDefaults = { version: 0 }
