'use client'
import type { AlarmData, LiveAlarmQuery } from '@thingwire/contracts'
import type { DashboardWidget, TimeWindowModel } from '@thingwire/dashboards'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useEffect, useMemo, useState } from 'react'
import {
  acknowledgeAlarm,
  assignAlarm,
  clearAlarm,
  deleteAlarm,
  findAlarms,
  listAlarmTypes,
  listAssignees,
  listComments,
  listPeople,
  saveComment,
  unassignAlarm,
} from '@/api/alarms.ts'
import { useConnectionState, useLiveClient } from '@/live/live-provider.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { personName } from '../../../alarms/marks.tsx'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { useDatasource } from '../../data/use-datasource.ts'
import { type AlarmPageRequest, alarmPageQuery } from './alarm-page-query.ts'

type AlarmPage = ReturnType<WidgetHost['alarms']['usePage']>

/** What the pages of one widget are asked of. */
type Place = Parameters<typeof useDatasource>[0] & {
  widget: DashboardWidget
  model: TimeWindowModel
  userId: string
}

const mostAssignees = 20
const mostPeople = 200
const mostComments = 100
const exportPageSize = 1_000

/** All are tried; then the first refusal is told. */
const eachOf = async (ids: readonly string[], deed: (id: string) => Promise<unknown>): Promise<void> => {
  const done = await Promise.allSettled(ids.map(deed))
  const refused = done.find((one) => one.status === 'rejected')
  if (refused) throw refused.reason
}

/** What is done to alarms, by anybody: the live connection tells of it. */
const deeds = (userId: string): Omit<WidgetHost['alarms'], 'usePage' | 'all'> => ({
  acknowledge: (ids) => eachOf(ids, acknowledgeAlarm),
  clear: (ids) => eachOf(ids, clearAlarm),
  remove: (ids) => eachOf(ids, deleteAlarm),
  assign: async (id, assignee) => void (await (assignee === null ? unassignAlarm(id) : assignAlarm(id, assignee))),
  assignees: async (id, search, signal) => {
    const { data } = await listAssignees(id, { page: 0, pageSize: mostAssignees, textSearch: search }, signal)
    return data.map((user) => ({ id: user.id.id, name: personName(user) }))
  },
  types: listAlarmTypes,
  people: async (search, signal) => {
    const { data } = await listPeople({ page: 0, pageSize: mostPeople, textSearch: search }, signal)
    const all = data.map((user) => ({ id: user.id.id, name: personName(user), isViewer: user.id.id === userId }))
    return all.toSorted((a, b) => Number(b.isViewer) - Number(a.isViewer))
  },
  comment: async (id, text) => void (await saveComment(id, text)),
  comments: async (id, signal) => {
    const { data } = await listComments(id, { pageSize: mostComments, sortOrder: 'DESC' }, signal)
    return data.map((one) => ({
      id: one.id.id,
      createdTime: one.createdTime,
      author: one.email === null ? null : personName({ ...one, email: one.email }),
      text: one.comment.text ?? '',
      isOwn: one.userId?.id === userId,
    }))
  },
})

const questionOf = (place: Place, answer: ReturnType<typeof useDatasource>, request: AlarmPageRequest) => {
  if (answer.status !== 'ready') return null
  const { query: base, datasource } = answer
  return alarmPageQuery(
    {
      ...{ base, keys: datasource.dataKeys, filter: place.widget.alarmFilter, window: place.model },
      ...{ userId: place.userId, now: Date.now() },
      viewerZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    request,
  )
}

const pagesOf = (place: Place): WidgetHost['alarms']['usePage'] => {
  const usePage: WidgetHost['alarms']['usePage'] = (request) => {
    const answer = useDatasource(place, 'alarmSource')
    const query = useMemo(() => questionOf(place, answer, request), [answer, request])
    return useLivePage(query, answer.status === 'empty' ? answer.reason : null)
  }
  return usePage
}

/** Every alarm of the source as it is searched, narrowed and sorted; one that comes meanwhile may be missed or stand twice. */
const allOf =
  (place: Place, answer: ReturnType<typeof useDatasource>): WidgetHost['alarms']['all'] =>
  async (request, signal) => {
    const all: AlarmData[] = []
    for (let page = 0; ; page++) {
      const query = questionOf(place, answer, { ...request, page, pageSize: exportPageSize })
      if (!query?.entityFilter) return all
      const { data, hasNext } = await findAlarms({ ...query, entityFilter: query.entityFilter }, signal)
      all.push(...data)
      if (!hasNext) return all
    }
  }

/** Alarms of one widget's alarm source. */
export const useAlarmsPort = (widget: DashboardWidget, model: TimeWindowModel): WidgetHost['alarms'] => {
  const { document, filterValues } = useBoard()
  const { stack } = useStateScope()
  const userId = useUser().id.id
  const place = useMemo(
    (): Place => ({ widget, document, stack, filters: filterValues, model, userId }),
    [widget, document, stack, filterValues, model, userId],
  )
  const answer = useDatasource(place, 'alarmSource')
  return useMemo(
    () => ({ ...deeds(userId), usePage: pagesOf(place), all: allOf(place, answer) }),
    [place, answer, userId],
  )
}

/** What the server answered to a question; `asked` tells whether it is still the one that is asked. */
type Known = { asked: string; refused: string | null; page: { alarms: readonly AlarmData[]; total: number } | null }

const rowId = (alarm: AlarmData) => `${alarm.id.id} ${alarm.entityId.id}`

const useLivePage = (query: LiveAlarmQuery | null, empty: string | null): AlarmPage => {
  const client = useLiveClient()
  const { status: connection, since } = useConnectionState()
  const asked = useMemo(() => (query ? JSON.stringify(query) : ''), [query])
  const [known, setKnown] = useState<Known | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (!client || asked === '') return
    const question = JSON.parse(asked) as LiveAlarmQuery
    return client.subscribe({ kind: 'alarms', query: question }, (change) => {
      if (change.kind === 'refused') setKnown({ asked, refused: change.message, page: null })
      if (change.kind !== 'alarms') return
      setKnown((before) => {
        const whole = change.page ? { alarms: change.page.data, total: change.page.totalElements } : null
        const page = whole ?? (before?.asked === asked ? before.page : null)
        if (!page) return before
        const changed = new Map(change.changed.map((alarm) => [rowId(alarm), alarm]))
        const alarms = changed.size === 0 ? page.alarms : page.alarms.map((one) => changed.get(rowId(one)) ?? one)
        return { asked, refused: null, page: { ...page, alarms } }
      })
    })
  }, [client, asked, attempt])
  if (empty !== null) return { status: 'empty', reason: empty }
  if (known?.refused && known.asked === asked)
    return { status: 'failed', reason: known.refused, retry: () => setAttempt((n) => n + 1) }
  if (!known?.page) return { status: 'loading' }
  const { alarms, total } = known.page
  const isLoadingNext = known.asked !== asked
  return { status: 'ready', alarms, total, isLoadingNext, staleSince: connection === 'lost' ? since : null }
}
