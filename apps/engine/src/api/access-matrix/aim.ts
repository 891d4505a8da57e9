import type { ApiOperation } from '../api-docs.ts'
import type { MatrixRoom } from './room.ts'

export const operationName = ({ method, path }: ApiOperation) => `${method} ${path}`
export const isPublicOperation = ({ roles }: ApiOperation) => roles.includes('public')

/** Fills in an operation's path, query and body from what the rooms know; throws when none knows a parameter. */
export type Aim = {
  /** `instead` wins over the rooms. */
  path(operation: ApiOperation, instead?: Readonly<Record<string, string>>): string
  /** The parameters that must be given, and the page. */
  query(operation: ApiOperation): Record<string, string>
  body(operation: ApiOperation): unknown
  /** What the first room that says anything says. */
  firstOf<T>(pick: (room: MatrixRoom) => T | undefined): T | undefined
  isIn(list: 'publicRoutes' | 'actsForCaller', operation: ApiOperation): boolean
  /** Everything of the first tenant that the routes could change. */
  belongings(): Promise<unknown[]>
}

export const aimAt = (rooms: readonly MatrixRoom[]): Aim => {
  const firstOf: Aim['firstOf'] = (pick) => {
    for (const room of rooms) {
      const found = pick(room)
      if (found !== undefined) return found
    }
    return undefined
  }
  const known = <T>(value: T | undefined, what: string, { path }: ApiOperation): T => {
    if (value === undefined)
      throw new Error(`The matrix does not know what to put for ${what} of ${path}: teach a room`)
    return value
  }
  return {
    firstOf,
    path: (operation, instead = {}) =>
      operation.path.replace(/\{(\w+)\}/g, (_, parameter: string) =>
        known(
          instead[parameter] ??
            firstOf((room) => room.paramsOf?.[operationName(operation)]?.[parameter]) ??
            firstOf((room) => room.params?.[parameter]),
          `{${parameter}}`,
          operation,
        ),
      ),
    query: (operation) => {
      const required = operation.query.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1))
      const paged = ['pageSize', 'page'].filter((one) => operation.query.includes(one))
      const values = { ...firstOf((room) => room.queryOf?.[operationName(operation)]) }
      for (const parameter of [...required, ...paged])
        values[parameter] = known(
          values[parameter] ?? firstOf((room) => room.query?.[parameter]),
          `?${parameter}`,
          operation,
        )
      return values
    },
    body: (operation) => {
      const body = firstOf((room) => room.bodies?.[operationName(operation)])
      if (body) return body()
      return operation.path.includes('/telemetry/') ? { takenOver: 1 } : {}
    },
    isIn: (list, operation) => rooms.some((room) => room[list]?.includes(operationName(operation))),
    belongings: async () => {
      const all: unknown[] = []
      for (const room of rooms) all.push(await room.belongings?.())
      return all
    },
  }
}
