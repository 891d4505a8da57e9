import type {
  AttributeScope,
  EntityData,
  EntityDataQuery,
  EntityId,
  EntityKey,
  LivePoint,
  PageData,
  Rpc,
  RpcStatus,
} from '@thingwire/contracts'
import type {
  FunctionSource,
  StateEntry,
  StateParams,
  TimeWindowModel,
  UnitSystem,
  WidgetAction,
} from '@thingwire/dashboards'
import type { ComponentType } from 'react'
import type { TimeRange, WidgetEntity } from '../widget.ts'
import type { AlarmsPort } from './alarms.ts'
import type { ContentPort } from './content.ts'
import type { EventsPort } from './events.ts'

/** Where an action was started. */
export type ActionContext = {
  entity?: WidgetEntity | null
  /** What a popover hangs at. */
  anchor?: Element | null
  /** What code of the action may look at beside the entity: the row, the point, the value. */
  params?: Readonly<Record<string, unknown>>
}

export type ActionsPort = {
  /** Of that source, in file order. */
  of: (source: string) => readonly WidgetAction[]
  /** Rejects never: what goes wrong is told to the person. */
  run: (action: WidgetAction, context?: ActionContext) => void
}

export type FunctionResult = { ok: true; value: unknown } | { ok: false; message: string }

/** Code of a dashboard file, in a sandbox without network, page or storage, with a limit on time. */
export type FunctionsPort = {
  /** Calls the code once for each list of arguments; arguments and results are structured clones. */
  callMany: (
    code: FunctionSource,
    argumentNames: readonly string[],
    calls: readonly (readonly unknown[])[],
  ) => Promise<readonly FunctionResult[]>
}

/** One row of an entity table. */
export type EntityRow = {
  entity: WidgetEntity
  /** Fields of the entity by name: `createdTime`, `name`, `type`, … */
  fields: Readonly<Record<string, string>>
  /** By `type key` of `entityKeyId`. */
  values: ReadonlyMap<string, LivePoint>
}

export type EntityPageRequest = {
  /** Index of the widget's datasource; its alias, filter and keys are the query. */
  datasource: number
  /** From 0. */
  page: number
  pageSize: number
  search: string
  sort: { key: EntityKey; direction: 'ASC' | 'DESC' } | null
  /** Beside those of the datasource. */
  keys?: readonly EntityKey[]
}

export type EntityPage =
  | { status: 'loading' }
  | { status: 'empty'; reason: string }
  | { status: 'failed'; reason: string; retry?: () => void }
  | { status: 'ready'; rows: readonly EntityRow[]; total: number; isLoadingNext: boolean; staleSince: number | null }

export type EntitiesPort = {
  /** Live; the last page stays while the next is on its way. A hook. */
  usePage: (request: EntityPageRequest) => EntityPage
  /** One question, one answer. */
  find: (query: EntityDataQuery, signal?: AbortSignal) => Promise<PageData<EntityData>>
  /** All rows of a page request, for an export; asks page after page. */
  all: (request: Omit<EntityPageRequest, 'page' | 'pageSize'>, signal?: AbortSignal) => Promise<readonly EntityRow[]>
}

export type AttributeValue = { scope: AttributeScope; key: string; ts: number; value: unknown }

export type ValuesPort = {
  /** Whether the viewer may store values of the entity: what would be refused is not offered. */
  mayWrite: (entityId: EntityId) => boolean
  saveAttributes: (
    entityId: EntityId,
    scope: AttributeScope,
    values: Readonly<Record<string, unknown>>,
  ) => Promise<void>
  deleteAttributes: (entityId: EntityId, scope: AttributeScope, keys: readonly string[]) => Promise<void>
  saveTelemetry: (entityId: EntityId, values: Readonly<Record<string, unknown>>, ts?: number) => Promise<void>
  /** Live; undefined until known. A hook; null asks for nothing. */
  useAttributes: (entityId: EntityId | null) => readonly AttributeValue[] | undefined
  /** Takes a device that offers itself for the viewer's customer. `taken`: it is somebody's already. */
  claimDevice: (name: string, secret: string) => Promise<'claimed' | 'taken' | 'refused'>
}

export type CommandOptions = { timeoutMs?: number; isOneWay?: boolean; isPersistent?: boolean; pollMs?: number }

export type StoredCommandOptions = { isOneWay: boolean; expirationTime: number | null; retries: number | null }

export type StoredCommandsRequest = {
  /** From 0. */
  page: number
  pageSize: number
  status: RpcStatus | null
  sort: { property: 'createdTime' | 'expirationTime' | 'status'; direction: 'ASC' | 'DESC' } | null
}

export type CommandsPort = {
  /** The device or entity that the widget commands; null: none, or not known yet. */
  target: WidgetEntity | null
  /** Rejects with the server's or the device's refusal. */
  call: (method: string, params: unknown, options?: CommandOptions) => Promise<unknown>
  /** Leaves a command for the device, which may be away, and resolves with its id. */
  leave: (method: string, params: unknown, options: StoredCommandOptions) => Promise<string>
  /** Commands that were left for the device. */
  stored: (request: StoredCommandsRequest, signal?: AbortSignal) => Promise<PageData<Rpc>>
  forget: (rpcId: string) => Promise<void>
}

export type TimePort = {
  model: TimeWindowModel
  /** A passing look at a part of the time, by all widgets of the same window; null goes back. */
  zoom: (range: TimeRange | null) => void
  isZoomed: boolean
  /** Changes the dashboard's window. */
  choose: (model: TimeWindowModel) => void
}

/** The moment under the pointer, shared by the charts of a dashboard. */
export type CursorPort = {
  show: (ts: number | null) => void
  /** Tells of moments that another widget shows. */
  listen: (shown: (ts: number | null) => void) => () => void
}

/** When the board is looked at. */
export type MomentPort = {
  /** Epoch ms; null: now, and live. */
  read: () => number | null
  /** While it plays, with every frame. */
  listen: (changed: () => void) => () => void
}

/** What a widget wants of the grid of a state inside of it; null: as the state has it. */
export type NestedGrid = {
  /** As high as its box, whatever its rows are. */
  fills: boolean
  /** Between widgets, px. */
  margin: number | null
  outerMargin: boolean | null
  background: string | null
}

export type BoardPort = {
  state: StateEntry
  /** The states that lead to the one shown, which is the last. */
  stack: readonly StateEntry[]
  isPhone: boolean
  /** Style of the file for all of the dashboard; nobody has looked at it. */
  css: string
  openState: (stateId: string, params: StateParams) => void
  /** Another state, or the same for something else, in place of the one shown. */
  updateState: (stateId: string, params: StateParams) => void
  /** To that entry of the stack. */
  backTo: (index: number) => void
  openRight: () => void
  /** A state inside a widget. */
  StateView: ComponentType<{ stateId: string; params: StateParams; grid?: NestedGrid }>
}

export type LinksPort = {
  /** Address of an entity's own page; null where the viewer has none. */
  entityPage: (id: EntityId) => string | null
  open: (href: string, newTab?: boolean) => void
  /** What to show for an image of a file: data URLs and stored images become addresses, others null. A hook. */
  useImage: (link: string | null) => string | null
}

/** Pictures of the ground that the installation offers, from its own address. */
export type TileSource = {
  id: string
  name: string
  /** Who made them, to be shown beside them. */
  attribution: string
  maxZoom: number
  /** Names and borders on nothing, to lie over another source. */
  isOverlay: boolean
  /** Address of a tile with `{z}`, `{x}` and `{y}`. */
  template: string
}

export type TilesPort = {
  /** Empty: maps draw outlines of land. A hook; undefined until known. */
  useSources: () => readonly TileSource[] | undefined
}

/** What a viewer sets about the widget for themselves, such as the order of a table; the board may keep it for them. */
export type Viewer = { userId: EntityId; authority: string; tenantId: EntityId; customerId: EntityId }

export type ViewerPort = {
  /** Null where nobody is known. */
  user: Viewer | null
  /** What was set by that name, or kept by an older version of the widget; undefined: nothing. A hook. */
  useSetting: (name: string) => readonly [value: unknown, set: (value: unknown) => void]
}

export type FilesPort = { download: (name: string, content: Blob) => void }

/** What a view may ask of its dashboard. One for each widget on a board; ports are stable, so effects may depend on them. */
export type WidgetHost = {
  locale: string
  /** In which measures the viewer thinks. */
  unitSystem: UnitSystem
  /** Translations by scope and key. */
  words?: Readonly<Record<string, Readonly<Record<string, string>>>>
  actions: ActionsPort
  functions: FunctionsPort
  entities: EntitiesPort
  alarms: AlarmsPort
  events: EventsPort
  values: ValuesPort
  commands: CommandsPort
  time: TimePort
  cursor: CursorPort
  moment: MomentPort
  board: BoardPort
  links: LinksPort
  tiles: TilesPort
  files: FilesPort
  content: ContentPort
  viewer: ViewerPort
}

/** How a value is found in a row. */
export const entityKeyId = (key: EntityKey): string => `${key.type} ${key.key}`
