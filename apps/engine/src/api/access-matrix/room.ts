import type { ApiUnderTest } from '../../testing/api-under-test.ts'

/**
 * What the access matrix must know about a group of routes to aim at things of the first tenant. A route whose
 * parameters no room knows fails the matrix.
 */
export type MatrixRoom = {
  /** Path parameter → id of a thing of the first tenant that is assigned to no customer. */
  params?: Readonly<Record<string, string>>
  /** `METHOD path` → path parameters where the same name means something else. */
  paramsOf?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Query parameter → value, for parameters that must be given. */
  query?: Readonly<Record<string, string>>
  /** `METHOD path` → query parameters that aim it at the first tenant, though they may be left out. */
  queryOf?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** `METHOD path` → a body that would change things of the first tenant. */
  bodies?: Readonly<Record<string, () => unknown>>
  /** `METHOD path` of routes that nobody needs to be signed in for. */
  publicRoutes?: readonly string[]
  /** `METHOD path` of routes that act for the caller alone: there is no foreign thing to aim at. */
  actsForCaller?: readonly string[]
  /** `METHOD path` → how a stranger's or a customer user's answer 200 is proved to tell nothing; throws when it does. */
  harmless?: Readonly<Record<string, (body: unknown) => void>>
  /** Everything of the first tenant that the group's routes could change, read again after each walk. */
  belongings?(): Promise<unknown>
}

/** Makes what the room aims at. One room a group of routes; listed in rooms.ts. */
export type PrepareRoom = (api: ApiUnderTest) => Promise<MatrixRoom>
