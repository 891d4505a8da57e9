import type { AlarmData, EntityKey } from '@thingwire/contracts'

export type AlarmPageRequest = {
  /** From 0. */
  page: number
  pageSize: number
  search: string
  /** By a field of alarms (`ALARM_FIELD`), or by a value of the entity that they are about. */
  sort: { key: EntityKey; direction: 'ASC' | 'DESC' }
  /** Over the widget's own filter; absent: as the widget has it. */
  statusList?: readonly string[]
  severityList?: readonly string[]
  typeList?: readonly string[]
  assigneeId?: string | null
}

export type AlarmPage =
  | { status: 'loading' }
  | { status: 'empty'; reason: string }
  | { status: 'failed'; reason: string; retry?: () => void }
  | {
      status: 'ready'
      alarms: readonly AlarmData[]
      total: number
      isLoadingNext: boolean
      staleSince: number | null
    }

export type AlarmComment = { id: string; createdTime: number; author: string | null; text: string; isOwn: boolean }

/** Alarms of the widget's source. What changes alarms rejects with the server's refusal. */
export type AlarmsPort = {
  /** Live. A hook. */
  usePage: (request: AlarmPageRequest) => AlarmPage
  /** All alarms of a page request, for an export; asks page after page. */
  all: (request: Omit<AlarmPageRequest, 'page' | 'pageSize'>, signal?: AbortSignal) => Promise<readonly AlarmData[]>
  /** Types that ever were, by name. */
  types: (signal?: AbortSignal) => Promise<readonly string[]>
  /** Whose alarms may be looked for; the viewer is the first of them. */
  people: (search: string, signal?: AbortSignal) => Promise<readonly { id: string; name: string; isViewer: boolean }[]>
  acknowledge: (alarmIds: readonly string[]) => Promise<void>
  clear: (alarmIds: readonly string[]) => Promise<void>
  remove: (alarmIds: readonly string[]) => Promise<void>
  assign: (alarmId: string, userId: string | null) => Promise<void>
  /** Who may be given that alarm. */
  assignees: (alarmId: string, search: string, signal?: AbortSignal) => Promise<readonly { id: string; name: string }[]>
  comments: (alarmId: string, signal?: AbortSignal) => Promise<readonly AlarmComment[]>
  comment: (alarmId: string, text: string) => Promise<void>
}
