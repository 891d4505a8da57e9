import { z } from 'zod'

/** What becomes of an entity whose name is taken: it is refused, or gets a suffix (as ThingsBoard). */
export const nameConflictPolicies = ['FAIL', 'UNIQUIFY'] as const
/** The suffix: random letters and digits, or the first free number. */
export const uniquifyStrategies = ['RANDOM', 'INCREMENTAL'] as const

/** Query parameters of the routes that save entities with unique names. */
export const nameConflictQuery = {
  nameConflictPolicy: z.enum(nameConflictPolicies).default('FAIL'),
  uniquifySeparator: z.string().max(32).default('_'),
  uniquifyStrategy: z.enum(uniquifyStrategies).default('RANDOM'),
}
export type NameConflict = {
  nameConflictPolicy: (typeof nameConflictPolicies)[number]
  uniquifySeparator: string
  uniquifyStrategy: (typeof uniquifyStrategies)[number]
}
